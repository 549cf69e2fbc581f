namespace SessionCore.Sessions;

/// <summary>Who acts as the user of a session: a member of staff who sees what the user sees (impersonation; RFC 8693 section 4.1).</summary>
/// <param name="Subject">The actor's own id.</param>
/// <param name="Reason">Why, for the user to read.</param>
public sealed record SessionActor(string Subject, string Reason)
{
    /// <summary>The most characters of a reason.</summary>
    public const int MaxReasonCharacters = 256;
}
