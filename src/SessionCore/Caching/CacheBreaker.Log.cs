using Microsoft.Extensions.Logging;

namespace SessionCore.Caching;

internal sealed partial class CacheBreaker
{
    [LoggerMessage(3201, LogLevel.Warning, "Redis keeps failing; the table answers, and Redis is tried twice a second until it answers")]
    private static partial void LogOpened(ILogger logger);

    [LoggerMessage(3202, LogLevel.Information, "Redis answers again")]
    private static partial void LogClosed(ILogger logger);
}
