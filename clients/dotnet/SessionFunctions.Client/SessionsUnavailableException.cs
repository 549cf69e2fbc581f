namespace SessionFunctions.Client;

/// <summary>
/// The API gave no usable answer: it is down, refused the connection, did not answer in time, answered 5xx, or something else answered in
/// its place. Nothing is known of the outcome: do not sign anybody in, and do not sign anybody out.
/// </summary>
public sealed class SessionsUnavailableException : SessionsException
{
    /// <summary>Initializes a new instance of the <see cref="SessionsUnavailableException"/> class.</summary>
    public SessionsUnavailableException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SessionsUnavailableException"/> class.</summary>
    public SessionsUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SessionsUnavailableException"/> class.</summary>
    public SessionsUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    private SessionsUnavailableException(SessionsUnavailableException other)
        : base(other)
    {
    }

    internal override SessionsException Copy() => new SessionsUnavailableException(this);
}
