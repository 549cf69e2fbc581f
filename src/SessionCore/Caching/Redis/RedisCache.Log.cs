using Microsoft.Extensions.Logging;

namespace SessionCore.Caching.Redis;

internal sealed partial class RedisCache
{
    [LoggerMessage(3001, LogLevel.Warning, "A cache key holds another type of Redis than a string; it is read as absent and replaced")]
    private static partial void LogForeignType(ILogger logger);
}
