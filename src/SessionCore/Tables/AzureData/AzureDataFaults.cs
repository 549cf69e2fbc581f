using Azure;
using Azure.Identity;
using Microsoft.Extensions.Logging;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Maps exceptions of the SDK to outcomes or to exceptions with a remedy, and logs those that need an operator. A refusal is never an
/// inner exception: its text quotes the service's answer, which may quote the signed string.
/// </summary>
internal sealed partial class AzureDataFaults(string table, ILogger logger)
{
    private const int MaxWordChars = 64;

    /// <summary>Returns the outcome of a refusal; null when it is a fault.</summary>
    public static TableOutcome? OutcomeOf(RequestFailedException refusal) => (refusal.Status, refusal.ErrorCode) switch
    {
        (409, "EntityAlreadyExists") => TableOutcome.AlreadyExists,
        (412, _) => TableOutcome.Conflict,

        // The error code is required, so that a 404 from a gateway is not taken for "no such session".
        (404, "ResourceNotFound" or "EntityNotFound") => TableOutcome.NotFound,
        _ => null,
    };

    /// <summary>Returns the exception for a fault.</summary>
    public Exception For(Exception fault) => fault switch
    {
        // The exceptions of all tries; the last one decides.
        AggregateException { InnerExceptions: [.., var last] } => For(last),
        RequestFailedException { Status: > 0 } refusal => For(refusal),
        AuthenticationFailedException => NoToken(fault),
        OperationCanceledException => Silent(new TimeoutException("No answer in time.", fault)),
        RequestFailedException or IOException => Silent(fault),

        // The arguments were checked before, so the SDK failed on an answer that is not from the service.
        _ => Unavailable("gave an answer that cannot be read; try again", fault),
    };

    // Only alphanumeric codes go into logs and messages, because an impostor of the service could send any text.
    private static string? Word(string? text) =>
        text is { Length: > 0 and <= MaxWordChars } && !text.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not '-') ? text : null;

    private static string? RequestIdOf(RequestFailedException refusal) =>
        refusal.GetRawResponse() is { } answer && answer.Headers.TryGetValue("x-ms-request-id", out var id) ? Word(id) : null;

    private Exception For(RequestFailedException refusal)
    {
        var code = Word(refusal.ErrorCode);
        var retryAfter = RetryAfterHeader.Read(refusal.GetRawResponse());
        switch (refusal.Status, code)
        {
            case (401 or 403, _) or (_, "AuthenticationFailed" or "InvalidAuthenticationInfo"):
                LogForbidden(table, refusal.Status, code, RequestIdOf(refusal));
                return Unavailable("refuses these credentials: give them the role Storage Table Data Contributor, or correct the key");
            case (404, "TableNotFound"):
                LogMissing(table);
                return Unavailable("is missing; create it first");
            case (409, "TableBeingDeleted"):
                return Unavailable("is being deleted; wait until that is done", retryAfter: retryAfter);
            case (400 or 413, _):
                // Requests are checked before they are sent, so this is a bug and not transient.
                LogRefused(table, refusal.Status, code, RequestIdOf(refusal));
                return new InvalidOperationException($"Table Storage refused a request to {table} as wrong ({refusal.Status} {code}).");
            default:
                return Unavailable($"answered {refusal.Status}; try again", retryAfter: retryAfter);
        }
    }

    private StoreUnavailableException NoToken(Exception fault)
    {
        LogNoToken(fault);
        return Unavailable("cannot be asked without a token: check the managed identity or sign-in of this instance", fault);
    }

    private StoreUnavailableException Silent(Exception fault) => Unavailable("cannot be reached or did not answer in time; try again", fault);

    private StoreUnavailableException Unavailable(string what, Exception? fault = null, TimeSpan? retryAfter = null) =>
        new($"The table {table} {what}.", fault) { RetryAfter = retryAfter };

    [LoggerMessage(
        EventId = 3400,
        Level = LogLevel.Error,
        Message = "Table Storage refuses the credentials for table {Table} ({Status} {Code}, request {RequestId}). "
            + "An identity needs the role Storage Table Data Contributor; a key must be the account's, and the clock right.")]
    private partial void LogForbidden(string table, int status, string? code, string? requestId);

    [LoggerMessage(
        EventId = 3401,
        Level = LogLevel.Error,
        Message = "No token for Table Storage could be obtained. Check the managed identity, or sign in on this machine.")]
    private partial void LogNoToken(Exception? exception);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Error, Message = "The table {Table} is missing. Create it, or let this service create it at start.")]
    private partial void LogMissing(string table);

    [LoggerMessage(
        EventId = 3403,
        Level = LogLevel.Error,
        Message = "Table Storage refused a request to table {Table} as wrong ({Status} {Code}, request {RequestId}).")]
    private partial void LogRefused(string table, int status, string? code, string? requestId);
}
