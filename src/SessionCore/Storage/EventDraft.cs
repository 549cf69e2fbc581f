using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>Event of a change that is about to be written: everything but its id.</summary>
/// <param name="Type">The type.</param>
/// <param name="At">When the change is made.</param>
/// <param name="Session">The session and its version after the change; null for an event of a user or of the deployment.</param>
/// <param name="DataJson">The details.</param>
internal sealed record EventDraft(string Type, DateTimeOffset At, (SessionLocator Locator, long Version)? Session, ReadOnlyMemory<byte> DataJson)
{
    /// <summary>A session began.</summary>
    public static EventDraft Created(Session session, SessionBody body, DateTimeOffset at) => Of(EventDefinition.Created, session, at, ActorOn(body), data =>
    {
        data.Put(EventMember.CreatedAt, session.CreatedAt);
        data.Put(EventMember.ExpiresAt, session.AbsoluteExpiresAt);
        data.Put(EventMember.Acr, AssuranceLevelNames.Of(session.AssuranceLevel));
        data.Put(EventMember.Device, SessionJson.DeviceNameOf(body.Device));
    });

    /// <summary>A session ended.</summary>
    /// <param name="ended">It in its state after the end.</param>
    /// <param name="at">When the end is written.</param>
    public static EventDraft Ended(Session ended, DateTimeOffset at) => Of(EventDefinition.Ended, ended, at, EventActor.Current, data => WriteEnd(data, ended));

    /// <summary>A session had lapsed, which is found only now. Whoever calls has not ended it.</summary>
    /// <param name="lapsed">It in its state after the end.</param>
    /// <param name="at">When the end is written; the lapse lies before.</param>
    public static EventDraft Lapsed(Session lapsed, DateTimeOffset at) => Of(EventDefinition.Ended, lapsed, at, EventActor.Product, data => WriteEnd(data, lapsed));

    /// <summary>An anonymous session ended in favour of one of its user.</summary>
    /// <param name="ended">The anonymous one after its end.</param>
    /// <param name="to">The user's.</param>
    public static EventDraft Assigned(Session ended, SessionLocator to) => Of(EventDefinition.Assigned, ended, ended.EndedAt ?? ended.LastSeenAt, EventActor.Current, data =>
    {
        WriteEnd(data, ended);
        data.Put(EventMember.NewSid, new SessionId(to).ToString());
    });

    /// <summary>A session got a new token, or new claims.</summary>
    public static EventDraft Changed(string type, Session session, SessionBody body, DateTimeOffset at) => Of(EventDefinition.Of(type), session, at, ActorOn(body), data =>
        data.Put(EventMember.Acr, AssuranceLevelNames.Of(session.AssuranceLevel)));

    /// <summary>Sessions of a user ended in one step.</summary>
    public static EventDraft SignedOut(string? userId, IReadOnlyCollection<Session> ended, string reason, DateTimeOffset at) =>
        new(SessionEventTypes.SignedOutEverywhere, at, Session: null, EventDataWriter.Write(EventDefinition.SignedOutEverywhere, data =>
        {
            data.Put(EventMember.UserId, userId);
            data.Put(EventMember.Reason, reason);
            data.Put(EventMember.Sids, ended.Select(session => new SessionId(session.Locator).ToString()));
            WriteActor(data, EventActor.Current);
        }));

    /// <summary>An instant before which sessions count as ended was set.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="client">The client whose keyed sessions end; null for all sessions.</param>
    /// <param name="at">When it was set.</param>
    public static EventDraft RevokedBefore(DateTimeOffset before, string? client, DateTimeOffset at) =>
        new(SessionEventTypes.RevokedBefore, at, Session: null, EventDataWriter.Write(EventDefinition.RevokedBefore, data =>
        {
            data.Put(EventMember.Before, before);
            data.Put(EventMember.Client, client);
            WriteActor(data, EventActor.Current);
        }));

    // The body of a session is open only where it changes; elsewhere the caller may have told who acts as the user.
    private static EventActor ActorOn(SessionBody body) => EventActor.Current with { Impersonator = SessionJson.SubjectOf(body.Actor) ?? EventActor.Current.Impersonator };

    private static EventDraft Of(EventDefinition definition, Session session, DateTimeOffset at, EventActor actor, Action<EventDataWriter> writeMore) =>
        new(definition.Type, at, (session.Locator, session.Version), EventDataWriter.Write(definition, data =>
        {
            data.Put(EventMember.Sid, new SessionId(session.Locator).ToString());
            data.Put(EventMember.UserId, session.UserId);
            data.Put(EventMember.Client, session.Client);
            data.Put(EventMember.Version, session.Version);
            WriteActor(data, actor);
            writeMore(data);
        }));

    private static void WriteEnd(EventDataWriter data, Session ended)
    {
        data.Put(EventMember.Reason, ended.EndReason);
        data.Put(EventMember.CreatedAt, ended.CreatedAt);
        data.Put(EventMember.EndedAt, ended.EndedAt ?? ended.LastSeenAt);
    }

    private static void WriteActor(EventDataWriter data, EventActor actor)
    {
        data.Put(EventMember.Actor, actor.Name);
        data.Put(EventMember.Impersonator, actor.Impersonator);
    }
}
