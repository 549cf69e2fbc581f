using Microsoft.Extensions.Logging;

namespace SessionCore.Caching;

internal sealed partial class CacheBreaker
{
    [LoggerMessage(3201, LogLevel.Warning, "Redis keeps failing; for {Seconds} s nothing is sent to it and the table answers")]
    private static partial void LogOpened(ILogger logger, double seconds);

    [LoggerMessage(3202, LogLevel.Information, "Redis answers again")]
    private static partial void LogClosed(ILogger logger);
}
