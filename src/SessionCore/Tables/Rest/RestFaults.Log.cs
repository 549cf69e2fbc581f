using Microsoft.Extensions.Logging;

namespace SessionCore.Tables.Rest;

internal sealed partial class RestFaults
{
    [LoggerMessage(
        EventId = 2100,
        Level = LogLevel.Error,
        Message = "Table Storage refuses the credentials for table {Table} ({Status} {Code}, request {RequestId}). "
            + "An identity needs the role Storage Table Data Contributor; a key must be the account's, and the clock right.")]
    private partial void LogForbidden(string table, int status, string? code, string? requestId);

    [LoggerMessage(
        EventId = 2101,
        Level = LogLevel.Error,
        Message = "There is no token for Table Storage. Check the managed identity, or sign in on this machine.")]
    private partial void LogNoToken(Exception? exception);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "The table {Table} is missing. Create it, or let this service create it at start.")]
    private partial void LogMissing(string table);

    [LoggerMessage(
        EventId = 2103,
        Level = LogLevel.Error,
        Message = "Table Storage refused a request to table {Table} as wrong ({Status} {Code}, request {RequestId}).")]
    private partial void LogRefused(string table, int status, string? code, string? requestId);
}
