namespace SessionFunctions.Client.Http;

/// <summary>A failure that several callers get.</summary>
internal static class SharedFailure
{
    /// <summary>Returns an instance for one of the callers: what it does with it does not reach the others.</summary>
    public static Exception OwnOf(Exception exception) => exception switch
    {
        SessionsUnavailableException e => new SessionsUnavailableException(e.Message, e)
        {
            Status = e.Status,
            ProblemType = e.ProblemType,
            Detail = e.Detail,
            Errors = e.Errors,
            RetryAfter = e.RetryAfter,
        },
        SessionsException e => new SessionsException(e.Message, e)
        {
            Status = e.Status,
            ProblemType = e.ProblemType,
            Detail = e.Detail,
            Errors = e.Errors,
            RetryAfter = e.RetryAfter,
        },
        _ => exception,
    };
}
