namespace SessionCore.Sessions;

/// <summary>Member of the data of events.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Kind">The kind of its value.</param>
/// <param name="IsRequired">Whether it is always there. One that is not known is absent.</param>
/// <param name="Summary">What it tells.</param>
/// <param name="Example">An example, as text.</param>
public sealed record EventMember(string Name, EventMemberKind Kind, bool IsRequired, string Summary, string Example)
{
    /// <summary>The sid.</summary>
    public static readonly EventMember Sid = new(
        "sid", EventMemberKind.Text, IsRequired: true, "Public id of the session.", "ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

    /// <summary>The user.</summary>
    public static readonly EventMember UserId = new("userId", EventMemberKind.Text, IsRequired: false, "User of the session; absent for an anonymous one.", "alice");

    /// <summary>The client.</summary>
    public static readonly EventMember Client = new("client", EventMemberKind.Text, IsRequired: false, "Client whose keyed sessions are meant, or that created the session under a key.", "web-shop");

    /// <summary>The version.</summary>
    public static readonly EventMember Version = new(
        "version", EventMemberKind.Number, IsRequired: true, "Version of the session after the change. A receiver that has seen a higher one ignores the event.", "4");

    /// <summary>Who made the change.</summary>
    public static readonly EventMember Actor = new(
        "actor", EventMemberKind.Text, IsRequired: true, "Who made the change: key:NAME or entra:TENANT:SUBJECT for a service or an operator, user for a session of one's own, system for lapses and timers.", "key:web-shop");

    /// <summary>Who acts as the user.</summary>
    public static readonly EventMember Impersonator = new(
        "impersonator", EventMemberKind.Text, IsRequired: false, "Who acts as the user, where somebody does.", "support-7");

    /// <summary>The device.</summary>
    public static readonly EventMember Device = new("device", EventMemberKind.Text, IsRequired: false, "Name of the device, where it is known.", "Firefox on Linux");

    /// <summary>The creation.</summary>
    public static readonly EventMember CreatedAt = new("createdAt", EventMemberKind.Time, IsRequired: true, "When the session began.", "2030-01-01T12:00:00Z");

    /// <summary>The latest end.</summary>
    public static readonly EventMember ExpiresAt = new("expiresAt", EventMemberKind.Time, IsRequired: true, "When the session ends at the latest.", "2030-01-02T00:00:00Z");

    /// <summary>The assurance level.</summary>
    public static readonly EventMember Acr = new("acr", EventMemberKind.Text, IsRequired: true, "Assurance level of the sign-in.", "aal2");

    /// <summary>The reason.</summary>
    public static readonly EventMember Reason = new("reason", EventMemberKind.Text, IsRequired: true, "Why it ended: a reason of this service, or the caller's own.", "signed-out");

    /// <summary>The end.</summary>
    public static readonly EventMember EndedAt = new("endedAt", EventMemberKind.Time, IsRequired: true, "When it ended; before the time of the event if it lapsed.", "2030-01-01T12:30:00Z");

    /// <summary>The session that takes the place of an anonymous one.</summary>
    public static readonly EventMember NewSid = new(
        "newSid", EventMemberKind.Text, IsRequired: true, "Public id of the user's session that takes its place.", "ses_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB");

    /// <summary>The sessions that ended together.</summary>
    public static readonly EventMember Sids = new(
        "sids", EventMemberKind.Texts, IsRequired: true, "Public ids of the sessions that ended.", "ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

    /// <summary>The instant of <c>sessions.revoked-before</c>.</summary>
    public static readonly EventMember Before = new("before", EventMemberKind.Time, IsRequired: true, "Sessions that were created before this instant count as ended.", "2030-01-01T12:00:00Z");
}

/// <summary>Kind of a value in the data of events.</summary>
public enum EventMemberKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>Strings.</summary>
    Texts,

    /// <summary>An integer.</summary>
    Number,

    /// <summary>A time in RFC 3339.</summary>
    Time,
}
