namespace SessionCore.Caching;

/// <summary>Redis could not be reached or did not answer in time. The table answers instead.</summary>
public sealed class CacheUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CacheUnavailableException()
    {
    }

    /// <summary>Creates the exception with what was being done.</summary>
    public CacheUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what was being done and what went wrong beneath.</summary>
    public CacheUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets a value indicating whether Redis answered, and refused a write: as a replica, without memory, without its own replicas.</summary>
    public bool IsRefusedWrite { get; init; }
}
