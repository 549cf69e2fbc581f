namespace SessionCore.Sessions;

/// <summary>Reasons that this product gives for the end of a session. Callers may use others, in kebab-case.</summary>
public static class EndReasons
{
    /// <summary>The idle timeout passed without activity.</summary>
    public const string IdleTimeout = "idle-timeout";

    /// <summary>The absolute lifetime passed.</summary>
    public const string AbsoluteLifetime = "absolute-lifetime";

    /// <summary>Evicted for a newer session of the user.</summary>
    public const string Evicted = "evicted";

    /// <summary>The user signed out.</summary>
    public const string SignedOut = "signed-out";

    /// <summary>Revoked by a service without a reason.</summary>
    public const string Revoked = "revoked";

    /// <summary>The expiry was set to now or earlier.</summary>
    public const string ExpirySet = "expiry-set";

    /// <summary>Replaced by a session of the user at sign-in (anonymous sessions only).</summary>
    public const string Upgraded = "upgraded";

    /// <summary>A rotated token was presented after its grace.</summary>
    public const string ReuseDetected = "reuse-detected";

    /// <summary>Created before the revoke-before instant.</summary>
    public const string RevokedBefore = "revoked-before";

    /// <summary>Created before the instant at which its client ended all of its keyed sessions.</summary>
    public const string KeysRevoked = "keys-revoked";

    /// <summary>Never begun: its creation under a key was given up half way.</summary>
    public const string Abandoned = "abandoned";
}
