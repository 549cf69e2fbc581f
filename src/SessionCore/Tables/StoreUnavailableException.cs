namespace SessionCore.Tables;

/// <summary>The store could not be reached, did not answer in time, or gave no certain answer. The caller may try again.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and the inner exception.</summary>
    public StoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the delay that the store requests; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
