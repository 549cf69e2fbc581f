using Microsoft.Extensions.Logging;

namespace SessionCore.Storage;

internal sealed partial class SessionTable
{
    [LoggerMessage(1301, LogLevel.Error, "A row of the sessions table does not verify: it was written by something else than this service, or its key is gone from Keys:Ring")]
    private static partial void LogNotGenuine(ILogger logger);

    [LoggerMessage(1302, LogLevel.Error, "A row of the sessions table lacks what a session must have; the purge quarantines it")]
    private static partial void LogUnreadable(ILogger logger);
}
