using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

internal sealed partial class RedisConnection
{
    [LoggerMessage(3101, LogLevel.Warning, "The connection to Redis is lost ({FailureType}); the table answers until it is back")]
    private static partial void LogLost(ILogger logger, ConnectionFailureType failureType);

    [LoggerMessage(3102, LogLevel.Information, "The connection to Redis is back")]
    private static partial void LogRestored(ILogger logger);

    [LoggerMessage(3103, LogLevel.Warning, "The connection to Redis could not be opened ({Reason}); the next use tries again")]
    private static partial void LogNotOpened(ILogger logger, string reason);
}
