namespace SessionFunctions.Client.Http;

/// <summary>Names of the problems that this client tells apart.</summary>
internal static class ProblemTypes
{
    public const string Prefix = "urn:session-functions:problem:";
    public const string SessionNotFound = "session-not-found";
    public const string SessionEnded = "session-ended";
    public const string Unauthenticated = "unauthenticated";
    public const string VersionMismatch = "version-mismatch";
    public const string AudienceRefused = "audience-refused";
    public const string CursorForeign = "cursor-foreign";
    public const string CursorExpired = "cursor-expired";
    public const string Validation = "validation";
    public const string PassportsOff = "passports-off";
}
