namespace SessionCore.Sessions;

/// <summary>
/// Condition of a write on the version of the content: <c>If-Match</c> and <c>If-None-Match</c> (RFC 9110 section 13.1).
/// </summary>
public sealed record VersionCondition
{
    /// <summary>Gets the versions of which the content must have one; null for no condition.</summary>
    public IReadOnlyList<long>? IfMatch { get; init; }

    /// <summary>Gets the versions that the content must not have.</summary>
    public IReadOnlyList<long> IfNoneMatch { get; init; } = [];

    /// <summary>
    /// Gets a value indicating whether the session must not exist, a condition that no write of a live session meets.
    /// </summary>
    public bool IfAbsent { get; init; }

    /// <summary>Gets a value indicating whether the session must exist, whatever its version.</summary>
    public bool IfPresent { get; init; }

    /// <summary>Gets a value indicating whether a session that does not exist meets the condition.</summary>
    internal bool IsMetByNone => !IfPresent && IfMatch is null;

    /// <summary>Returns the condition that the content has one version.</summary>
    public static implicit operator VersionCondition(long version) => FromInt64(version);

    /// <summary>Returns the condition that the content has one version.</summary>
    public static VersionCondition FromInt64(long version) => new() { IfMatch = [version] };

    // The content is unchanged since DataVersion, so each version since then matches it.
    internal bool IsMetBy(Session session)
    {
        return !IfAbsent && (IfMatch is null || IfMatch.Any(IsCurrent)) && !IfNoneMatch.Any(IsCurrent);

        bool IsCurrent(long version) => version >= session.DataVersion && version <= session.Version;
    }
}
