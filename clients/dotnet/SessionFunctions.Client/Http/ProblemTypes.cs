namespace SessionFunctions.Client.Http;

/// <summary>Names of the problems that this client tells apart.</summary>
internal static class ProblemTypes
{
    public const string Prefix = "urn:session-functions:problem:";
    public const string SessionNotFound = "session-not-found";
    public const string SessionEnded = "session-ended";
    public const string Unauthenticated = "unauthenticated";
    public const string VersionMismatch = "version-mismatch";
}
