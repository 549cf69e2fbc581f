using Microsoft.Extensions.Logging;

namespace SessionCore.Tables.Rest;

internal sealed partial class RestSender
{
    [LoggerMessage(
        EventId = 2000,
        Level = LogLevel.Debug,
        Message = "Try {Try} of a {Method} to Table Storage failed with status {Status} ({Code}); trying again.")]
    private partial void LogRetry(string method, int @try, int status, string? code);
}
