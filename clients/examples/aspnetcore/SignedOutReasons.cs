namespace AspNetCoreExample;

/// <summary>Texts for the reasons why a session ended. The reason comes in a link, so only known ones are shown.</summary>
internal static class SignedOutReasons
{
    /// <summary>Returns the text for a reason; null when there is nothing to say.</summary>
    public static string? TextOf(string? reason) => reason switch
    {
        "idle-timeout" => "You were signed out because you were away for a while.",
        "absolute-lifetime" => "You were signed out because your last sign-in was some time ago.",
        "ended-by-user" => "You ended this session from another device.",
        "signed-out-everywhere" => "You signed out everywhere from another device.",
        "replaced" => "You signed in again in another window.",
        "password-changed" => "Your password was changed. Sign in with the new one.",
        "evicted" => "You signed in on more devices than allowed, so the oldest one was signed out.",
        "revoked" or "revoked-before" => "Your session was ended for your security.",
        _ => null,
    };
}
