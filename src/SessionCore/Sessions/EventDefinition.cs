namespace SessionCore.Sessions;

/// <summary>Definition of a type of events. Payloads, the AsyncAPI document and the reference all follow from it.</summary>
/// <param name="Type">One of <see cref="SessionEventTypes"/>.</param>
/// <param name="Summary">What has happened, in one sentence.</param>
/// <param name="IsOfSession">Whether the subject is a session; otherwise there is no subject.</param>
/// <param name="Members">The members of its data, in the order in which they are written.</param>
public sealed record EventDefinition(string Type, string Summary, bool IsOfSession, IReadOnlyList<EventMember> Members)
{
    private static readonly EventMember[] OfSession =
        [EventMember.Sid, EventMember.UserId, EventMember.Client, EventMember.Version, EventMember.Actor, EventMember.Impersonator];

    /// <summary>A session began.</summary>
    public static readonly EventDefinition Created = new(
        SessionEventTypes.Created,
        "A session began.",
        IsOfSession: true,
        [.. OfSession, EventMember.CreatedAt, EventMember.ExpiresAt, EventMember.Acr, EventMember.Device]);

    /// <summary>A session ended.</summary>
    public static readonly EventDefinition Ended = new(
        SessionEventTypes.Ended,
        "A session ended. A lapse is told when it is found.",
        IsOfSession: true,
        [.. OfSession, EventMember.Reason, EventMember.CreatedAt, EventMember.EndedAt]);

    /// <summary>A session got a new token.</summary>
    public static readonly EventDefinition Rotated = new(
        SessionEventTypes.Rotated,
        "A session got a new token. Its assurance level may have risen.",
        IsOfSession: true,
        [.. OfSession, EventMember.Acr]);

    /// <summary>An anonymous session gave way to one of its user.</summary>
    public static readonly EventDefinition Assigned = new(
        SessionEventTypes.Assigned,
        "An anonymous session ended in favour of a session of its user.",
        IsOfSession: true,
        [.. OfSession, EventMember.Reason, EventMember.CreatedAt, EventMember.EndedAt, EventMember.NewSid]);

    /// <summary>The claims of a session were replaced.</summary>
    public static readonly EventDefinition ClaimsChanged = new(
        SessionEventTypes.ClaimsChanged,
        "The claims of a session were replaced.",
        IsOfSession: true,
        [.. OfSession, EventMember.Acr]);

    /// <summary>Sessions of a user ended in one step.</summary>
    public static readonly EventDefinition SignedOutEverywhere = new(
        SessionEventTypes.SignedOutEverywhere,
        "All sessions of a user, or all but one, ended in one step. No session.ended is sent for them.",
        IsOfSession: false,
        [EventMember.UserId, EventMember.Reason, EventMember.Sids, EventMember.Actor, EventMember.Impersonator]);

    /// <summary>Sessions created before an instant count as ended.</summary>
    public static readonly EventDefinition RevokedBefore = new(
        SessionEventTypes.RevokedBefore,
        "Every session that was created before an instant counts as ended. The purge tells session.ended for each as it finds it.",
        IsOfSession: false,
        [EventMember.Before, EventMember.Client, EventMember.Actor, EventMember.Impersonator]);

    /// <summary>Gets the definitions of all types.</summary>
    public static IReadOnlyList<EventDefinition> All { get; } = [Created, Ended, Rotated, Assigned, ClaimsChanged, SignedOutEverywhere, RevokedBefore];

    /// <summary>Returns the definition of a type.</summary>
    public static EventDefinition Of(string type) => All.First(definition => definition.Type == type);
}
