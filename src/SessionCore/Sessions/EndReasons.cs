namespace SessionCore.Sessions;

/// <summary>The reasons this service itself gives for the end of a session. Services may name others, in kebab-case.</summary>
public static class EndReasons
{
    /// <summary>Not used for as long as its idle timeout.</summary>
    public const string IdleTimeout = "idle-timeout";

    /// <summary>As old as its absolute lifetime.</summary>
    public const string AbsoluteLifetime = "absolute-lifetime";

    /// <summary>Made room for a newer session of its user.</summary>
    public const string Evicted = "evicted";

    /// <summary>The user signed out.</summary>
    public const string SignedOut = "signed-out";

    /// <summary>Ended by a service that gave no reason.</summary>
    public const string Revoked = "revoked";

    /// <summary>Its expiry was set to now or earlier.</summary>
    public const string ExpirySet = "expiry-set";

    /// <summary>An anonymous session that became a session of its user.</summary>
    public const string Upgraded = "upgraded";

    /// <summary>A token that had been rotated away was presented.</summary>
    public const string ReuseDetected = "reuse-detected";

    /// <summary>Created before the instant an operator set with revoke-before.</summary>
    public const string RevokedBefore = "revoked-before";
}
