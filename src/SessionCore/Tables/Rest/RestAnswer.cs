namespace SessionCore.Tables.Rest;

/// <summary>What came of one try: a status, or no answer.</summary>
internal sealed class RestAnswer : IDisposable
{
    /// <summary>Gets the HTTP status, for a transaction the one of the write that failed; 0 when there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>Gets the service's word for the fault.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the service's id of a failed request, for its support.</summary>
    public string? RequestId { get; init; }

    public string? ETag { get; init; }

    /// <summary>Gets the entity tags of a transaction that was applied.</summary>
    public string?[]? ETags { get; init; }

    public int FailedIndex { get; init; }

    public string? NextPartitionKey { get; init; }

    public string? NextRowKey { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets why there was no answer.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Gets the body of a success, owned by this answer.</summary>
    public PooledBuffer? Body { get; init; }

    /// <summary>Gets or sets a value indicating whether an earlier try of the same request had no clear answer.</summary>
    public bool Uncertain { get; set; }

    /// <summary>Gets a value indicating whether another try makes sense.</summary>
    public bool IsTransient => Status switch
    {
        0 => Fault is not Azure.Identity.AuthenticationFailedException,
        408 or 429 or 500 or 502 or 503 or 504 => true,
        _ => false,
    };

    /// <summary>
    /// Gets a value indicating whether the service may have done what was asked. It certainly has not when it was busy,
    /// or when no connection came about.
    /// </summary>
    public bool MayBeApplied => Status switch
    {
        0 => !NeverSent,
        429 => false,
        503 => Code is not "ServerBusy",
        _ => IsTransient,
    };

    /// <summary>Gets a value indicating whether nothing of the request left this machine.</summary>
    public bool NeverSent { get; init; }

    public ReadOnlySpan<byte> Content => Body is null ? [] : Body.Written.Span;

    public void Dispose() => Body?.Dispose();
}
