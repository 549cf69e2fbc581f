using Azure.Identity;
using Microsoft.Extensions.Logging;

namespace SessionCore.Tables.Rest;

/// <summary>Turns answers that are no answer to the question into exceptions which say what to do, and logs those a human must see.</summary>
internal sealed partial class RestFaults(string table, ILogger logger)
{
    /// <summary>Makes the exception for an answer that the caller of the port is not meant to act on.</summary>
    public Exception For(RestAnswer answer) => answer switch
    {
        { Status: 0, Fault: AuthenticationFailedException } => NoToken(answer),
        { Status: 0 } => Unavailable("cannot be reached or did not answer in time; try again", answer),
        { Status: 401 or 403 } or { Code: "AuthenticationFailed" or "InvalidAuthenticationInfo" } => Forbidden(answer),
        { Status: 404, Code: "TableNotFound" } => Missing(answer),
        { Status: 409, Code: "TableBeingDeleted" } => Unavailable("is being deleted; wait until that is done", answer),
        { Status: 400 or 413 } => Refused(answer),
        _ => Unavailable($"answered {answer.Status}; try again", answer),
    };

    private StoreUnavailableException NoToken(RestAnswer answer)
    {
        LogNoToken(answer.Fault);
        return Unavailable("cannot be asked without a token: check the managed identity or sign-in of this instance", answer);
    }

    private StoreUnavailableException Forbidden(RestAnswer answer)
    {
        LogForbidden(table, answer.Status, answer.Code, answer.RequestId);
        return Unavailable("refuses these credentials: give them the role Storage Table Data Contributor, or correct the key", answer);
    }

    private StoreUnavailableException Missing(RestAnswer answer)
    {
        LogMissing(table);
        return Unavailable("is missing; create it first", answer);
    }

    // What can be checked beforehand was checked: this is a fault of the program, and no time will mend it.
    private InvalidOperationException Refused(RestAnswer answer)
    {
        LogRefused(table, answer.Status, answer.Code, answer.RequestId);
        return new InvalidOperationException($"Table Storage refused a request to {table} as wrong ({answer.Status} {answer.Code}).");
    }

    private StoreUnavailableException Unavailable(string what, RestAnswer answer) =>
        new($"The table {table} {what}.", answer.Fault) { RetryAfter = answer.RetryAfter };
}
