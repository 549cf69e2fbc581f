namespace SessionApi.Cookies;

/// <summary>When browsers send the session cookie along with a request that another site has caused.</summary>
public enum CookieSameSite
{
    /// <summary>On top-level navigation by GET.</summary>
    Lax,

    /// <summary>Never.</summary>
    Strict,
}
