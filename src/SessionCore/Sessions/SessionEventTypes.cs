namespace SessionCore.Sessions;

/// <summary>Types of events, as receivers see them.</summary>
public static class SessionEventTypes
{
    /// <summary>A session began.</summary>
    public const string Created = "session.created";

    /// <summary>A session ended; the reason is one of <see cref="EndReasons"/> or the caller's own.</summary>
    public const string Ended = "session.ended";

    /// <summary>A session got a new token; its assurance level may have changed.</summary>
    public const string Rotated = "session.rotated";

    /// <summary>An anonymous session ended in favour of one of its user.</summary>
    public const string Assigned = "session.assigned";

    /// <summary>The claims of a session were replaced.</summary>
    public const string ClaimsChanged = "session.claims-changed";

    /// <summary>All sessions of a user, or all but one, ended in one step.</summary>
    public const string SignedOutEverywhere = "user.signed-out-everywhere";

    /// <summary>Every session created before an instant counts as ended.</summary>
    public const string RevokedBefore = "sessions.revoked-before";

    /// <summary>Gets all types.</summary>
    public static IReadOnlyList<string> All { get; } = [.. EventDefinition.All.Select(definition => definition.Type)];
}
