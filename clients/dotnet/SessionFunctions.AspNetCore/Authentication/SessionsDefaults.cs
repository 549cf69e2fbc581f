namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>Defaults of authentication by sessions.</summary>
public static class SessionsDefaults
{
    /// <summary>The name of the scheme.</summary>
    public const string AuthenticationScheme = "Sessions";

    /// <summary>
    /// The name of the cookie: that of the API in cookie mode, so that pages on the same host can call the API too. With another path, a
    /// domain or <c>Secure</c> not always set, browsers refuse the prefix, and the name is <see cref="UnprefixedCookieName"/>.
    /// </summary>
    public const string CookieName = "__Host-session";

    /// <summary>The name of a cookie that cannot have the prefix <c>__Host-</c>.</summary>
    public const string UnprefixedCookieName = "session";
}
