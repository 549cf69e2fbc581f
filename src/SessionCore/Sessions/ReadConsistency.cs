namespace SessionCore.Sessions;

/// <summary>Consistency of a read: how old what it returns may be.</summary>
public readonly record struct ReadConsistency
{
    private readonly TimeSpan? _maxAge;

    private ReadConsistency(TimeSpan maxAge) => _maxAge = maxAge;

    /// <summary>Gets the default: the cache may answer, under the rules of the cache protocol.</summary>
    public static ReadConsistency Cached => default;

    /// <summary>Gets the consistency of a read from the table: linearizable.</summary>
    public static ReadConsistency Strong { get; } = new(TimeSpan.Zero);

    /// <summary>Gets a value indicating whether the table answers.</summary>
    public bool IsStrong => _maxAge == TimeSpan.Zero;

    /// <summary>Gets a value indicating whether the request bounds the age itself.</summary>
    public bool IsBounded => _maxAge is not null;

    /// <summary>The cache may answer with what was read from the table at most this long ago. Zero is <see cref="Strong"/>.</summary>
    public static ReadConsistency Within(TimeSpan maxAge) => new(maxAge > TimeSpan.Zero ? maxAge : TimeSpan.Zero);

    /// <summary>Whether a value of this age will do.</summary>
    public bool Allows(TimeSpan age) => _maxAge is not { } most || age <= most;
}
