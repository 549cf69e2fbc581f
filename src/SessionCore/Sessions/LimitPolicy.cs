namespace SessionCore.Sessions;

/// <summary>What happens when a user who has as many sessions as allowed signs in once more.</summary>
public enum LimitPolicy
{
    /// <summary>The session created first ends, reason <c>evicted</c>.</summary>
    EvictOldest,

    /// <summary>The session not seen for longest ends, reason <c>evicted</c>.</summary>
    EvictLeastRecentlyUsed,

    /// <summary>The new session is refused.</summary>
    Deny,
}
