namespace SessionCore.Tables;

/// <summary>The store could not be reached, did not answer in time, or cannot tell yet. The caller may try again.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>Creates the exception with what was being done.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what was being done and what went wrong beneath.</summary>
    public StoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets how long the store asks callers to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
