namespace SessionCore.Sessions;

/// <summary>How a creation ended.</summary>
public enum CreationOutcome
{
    /// <summary>There is a new session.</summary>
    Created,

    /// <summary>The same request had created it before; session and token are the same.</summary>
    Replayed,

    /// <summary>The user has as many sessions as allowed, and the policy is to refuse.</summary>
    LimitReached,

    /// <summary>The idempotency key was used for another request.</summary>
    KeyReused,

    /// <summary>A wish goes beyond the policy; see <see cref="Creation.Fault"/>.</summary>
    OutsidePolicy,
}
