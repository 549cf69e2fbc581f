using System.Buffers;
using System.Text.Json;
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
    public static EventDraft Created(Session session, SessionBody body, DateTimeOffset at) => Of(SessionEventTypes.Created, session, at, ActorOn(body), json =>
    {
        json.WriteString("createdAt"u8, session.CreatedAt);
        json.WriteString("expiresAt"u8, session.AbsoluteExpiresAt);
        json.WriteString("acr"u8, AssuranceLevelNames.Of(session.AssuranceLevel));
        if (SessionJson.DeviceNameOf(body.Device) is { } device)
        {
            json.WriteString("device"u8, device);
        }
    });

    /// <summary>A session ended.</summary>
    /// <param name="ended">It in its state after the end.</param>
    /// <param name="at">When the end is written.</param>
    public static EventDraft Ended(Session ended, DateTimeOffset at) => Of(SessionEventTypes.Ended, ended, at, EventActor.Current, json => WriteEnd(json, ended));

    /// <summary>A session had lapsed, which is found only now. Whoever calls has not ended it.</summary>
    /// <param name="lapsed">It in its state after the end.</param>
    /// <param name="at">When the end is written; the lapse lies before.</param>
    public static EventDraft Lapsed(Session lapsed, DateTimeOffset at) => Of(SessionEventTypes.Ended, lapsed, at, EventActor.Product, json => WriteEnd(json, lapsed));

    /// <summary>An anonymous session ended in favour of one of its user.</summary>
    /// <param name="ended">The anonymous one after its end.</param>
    /// <param name="to">The user's.</param>
    public static EventDraft Assigned(Session ended, SessionLocator to) => Of(SessionEventTypes.Assigned, ended, ended.EndedAt ?? ended.LastSeenAt, EventActor.Current, json =>
    {
        WriteEnd(json, ended);
        json.WriteString("newSid"u8, new SessionId(to).ToString());
    });

    /// <summary>A session got a new token, or new claims.</summary>
    public static EventDraft Changed(string type, Session session, SessionBody body, DateTimeOffset at) => Of(type, session, at, ActorOn(body), json =>
        json.WriteString("acr"u8, AssuranceLevelNames.Of(session.AssuranceLevel)));

    /// <summary>Sessions of a user ended in one step.</summary>
    public static EventDraft SignedOut(string? userId, IReadOnlyCollection<Session> ended, string reason, DateTimeOffset at) =>
        new(SessionEventTypes.SignedOutEverywhere, at, Session: null, Json(json =>
        {
            WriteUser(json, userId);
            json.WriteString("reason"u8, reason);
            json.WriteStartArray("sids"u8);
            foreach (var session in ended)
            {
                json.WriteStringValue(new SessionId(session.Locator).ToString());
            }

            json.WriteEndArray();
            WriteActor(json, EventActor.Current);
        }));

    /// <summary>An instant before which sessions count as ended was set.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="client">The client whose keyed sessions end; null for all sessions.</param>
    /// <param name="at">When it was set.</param>
    public static EventDraft RevokedBefore(DateTimeOffset before, string? client, DateTimeOffset at) =>
        new(SessionEventTypes.RevokedBefore, at, Session: null, Json(json =>
        {
            json.WriteString("before"u8, before);
            if (client is not null)
            {
                json.WriteString("client"u8, client);
            }

            WriteActor(json, EventActor.Current);
        }));

    // The body of a session is open only where it changes; elsewhere the caller may have told who acts as the user.
    private static EventActor ActorOn(SessionBody body) => EventActor.Current with { Impersonator = SessionJson.SubjectOf(body.Actor) ?? EventActor.Current.Impersonator };

    private static EventDraft Of(string type, Session session, DateTimeOffset at, EventActor actor, Action<Utf8JsonWriter> writeMore) =>
        new(type, at, (session.Locator, session.Version), Json(json =>
        {
            json.WriteString("sid"u8, new SessionId(session.Locator).ToString());
            WriteUser(json, session.UserId);
            if (session.Client is { } client)
            {
                json.WriteString("client"u8, client);
            }

            json.WriteNumber("version"u8, session.Version);
            WriteActor(json, actor);
            writeMore(json);
        }));

    private static void WriteEnd(Utf8JsonWriter json, Session ended)
    {
        json.WriteString("reason"u8, ended.EndReason);
        json.WriteString("createdAt"u8, ended.CreatedAt);
        json.WriteString("endedAt"u8, ended.EndedAt ?? ended.LastSeenAt);
    }

    private static void WriteActor(Utf8JsonWriter json, EventActor actor)
    {
        json.WriteString("actor"u8, actor.Name);
        if (actor.Impersonator is { } impersonator)
        {
            json.WriteString("impersonator"u8, impersonator);
        }
    }

    private static void WriteUser(Utf8JsonWriter json, string? userId)
    {
        if (userId is not null)
        {
            json.WriteString("userId"u8, userId);
        }
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, JsonText.WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
