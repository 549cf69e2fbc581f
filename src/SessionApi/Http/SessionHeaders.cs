namespace SessionApi.Http;

/// <summary>Names of the API's own headers and of its cookie.</summary>
internal static class SessionHeaders
{
    public const string Age = "Session-Age";
    public const string AuthenticationMethods = "Session-Authentication-Methods";
    public const string Consistency = "Session-Consistency";
    public const string Continuation = "Session-Continuation";
    public const string Count = "Session-Count";
    /// <summary>Forms cannot send a custom header, so a page of another origin needs a preflight (ASVS 5.0 3.5.2).</summary>
    public const string Csrf = "X-Session-CSRF";
    public const string Degraded = "Session-Degraded";
    public const string IdempotencyKey = "Idempotency-Key";
    public const string MaxAuthenticationAge = "Session-Max-Authentication-Age";
    public const string MinAssuranceLevel = "Session-Min-Assurance-Level";
    public const string Prefer = "Prefer";
    public const string PreferenceApplied = "Preference-Applied";
    public const string Source = "Session-Source";

    /// <summary>The prefix makes browsers reject the cookie unless it is Secure, host-only and has path "/".</summary>
    public const string Cookie = "__Host-session";
}
