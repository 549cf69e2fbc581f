namespace SessionFunctions.Client;

/// <summary>The API refused a request. The message holds no token, key or data.</summary>
public class SessionsException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="SessionsException"/> class.</summary>
    public SessionsException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SessionsException"/> class.</summary>
    public SessionsException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SessionsException"/> class.</summary>
    public SessionsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SessionsException"/> class that says the same as another, its inner exception.</summary>
    private protected SessionsException(SessionsException other)
        : this(other.Message, other)
    {
        Status = other.Status;
        ProblemType = other.ProblemType;
        Detail = other.Detail;
        Errors = other.Errors;
        RetryAfter = other.RetryAfter;
    }

    /// <summary>Gets the HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Gets the name of the problem, such as <c>session-limit</c>: the end of its <c>type</c>. Null when the answer was none of the API's.</summary>
    public string? ProblemType { get; init; }

    /// <summary>Gets what is wrong in this case; null when the API did not say.</summary>
    public string? Detail { get; init; }

    /// <summary>Gets the members of the request that are wrong, where the API tells them apart.</summary>
    public IReadOnlyList<RequestError> Errors { get; init; } = [];

    /// <summary>Gets how long to wait before another attempt; null when the API did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Returns an instance for one of several callers: what it does with it does not reach the others.</summary>
    internal virtual SessionsException Copy() => new(this);
}
