namespace SessionCore.Caching;

/// <summary>Redis could not be reached or did not answer in time. The table answers instead.</summary>
public sealed class CacheUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CacheUnavailableException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public CacheUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and the inner exception.</summary>
    public CacheUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Gets a value indicating whether Redis answered and refused a write: it is a replica, out of memory, or has too few replicas.
    /// </summary>
    public bool IsRefusedWrite { get; init; }
}
