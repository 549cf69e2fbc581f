using SessionChaos.Load;
using SessionChecking.Histories;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support.Http;

namespace SessionChaos.Histories;

/// <summary>Turns what came over HTTP back into what the core answered, which the rules are about.</summary>
internal sealed class AnswerReader(StoreLog log)
{
    /// <summary>Gives a call its answer, or its failure.</summary>
    /// <param name="raw">As it came.</param>
    /// <param name="call">The call of the history.</param>
    /// <param name="hasWritten">Whether a write was made for this very call.</param>
    public void Read(RawCall raw, Call call, bool hasWritten)
    {
        if (!raw.IsAnswered)
        {
            call.Failure = new StoreUnavailableException("Not known.", raw.Failure);
            return;
        }

        call.Answer = AnswerOf(raw, call, raw.Answer!, hasWritten); // it is answered
        if (call.Answer is null)
        {
            call.Failure = new InvalidOperationException($"{raw.Status} {raw.Answer!.Text}"); // as above
        }
    }

    private object? AnswerOf(RawCall raw, Call call, ApiAnswer answer, bool hasWritten) => (raw.Kind, raw.Status) switch
    {
        (CallKind.Create, 201) => CreationOf(answer, hasWritten || raw.Key is null),
        (CallKind.Create, 409) => new Creation { Outcome = CreationOutcome.LimitReached },
        (CallKind.Create, 422) => new Creation { Outcome = CreationOutcome.KeyReused },
        (CallKind.Validate or CallKind.Find or CallKind.Touch, 200) => ReadingOf(answer),
        (CallKind.Find or CallKind.Touch, 404) => default(SessionReading),
        (CallKind.ReplaceData or CallKind.MergeData, 200) =>
            new Change { Outcome = ChangeOutcome.Changed, Session = AnswerText.ReadData(call.Session!.Value, answer, log), Degraded = AnswerText.IsDegraded(answer) }, // it names a session
        (CallKind.SetExpiry, 200) => new Change { Outcome = ChangeOutcome.Changed, Session = LiveIn(answer), Degraded = AnswerText.IsDegraded(answer) },
        (CallKind.ReplaceData or CallKind.MergeData or CallKind.SetExpiry, 404) => Change.Unknown,
        (CallKind.Rotate or CallKind.RotateOwn or CallKind.Upgrade, 200) => RotationOf(answer),
        (CallKind.Rotate or CallKind.Upgrade, 404) or (CallKind.RotateOwn, 401) => Rotation.Unknown,
        (CallKind.Upgrade, 409) => new Rotation { Outcome = answer.Problem == "session-limit" ? RotationOutcome.LimitReached : RotationOutcome.HasUser },
        (CallKind.Revoke, 204 or 202) => new Revocation { Found = true, EffectiveBy = AnswerText.EffectiveByOf(answer) },
        (CallKind.Revoke, 404) => new Revocation { Found = false },
        (CallKind.RevokeAll, 200 or 202) => new Revocation { Found = true, Sessions = [.. EndedBy(raw)], EffectiveBy = AnswerText.EffectiveByOf(answer) },
        (CallKind.List, 200) => PageOf(raw),
        (CallKind.Count, 200) => new SessionCount(answer.Json.GetProperty("count").GetInt32(), AnswerText.SourceOf(answer), AnswerText.IsDegraded(answer)),
        _ => null,
    };

    private LiveSession? LiveIn(ApiAnswer answer) => AnswerText.SessionIn(answer) is { } session ? AnswerText.ReadLive(session, log) : null;

    private SessionReading ReadingOf(ApiAnswer answer) =>
        new(LiveIn(answer), Ended: null, AnswerText.SourceOf(answer), AnswerText.IsDegraded(answer));

    private Creation CreationOf(ApiAnswer answer, bool isNew) => new()
    {
        Outcome = isNew ? CreationOutcome.Created : CreationOutcome.Replayed,
        Session = LiveIn(answer) is { } live ? new SessionReading(live, Ended: null, ReadSource.Table, AnswerText.IsDegraded(answer)) : EndedIn(answer),
        Token = new IssuedToken(answer.TextOf("token")),
    };

    private SessionReading EndedIn(ApiAnswer answer)
    {
        var json = AnswerText.SessionIn(answer)!.Value; // a creation answers with a session
        _ = SessionId.TryParse(json.GetProperty("sid").GetString(), out var id);
        var written = log.Find(id.Locator, json.GetProperty("version").GetInt64())
            ?? throw new InvalidDataException("An ended session has a version that was never written.");
        return new SessionReading(Live: null, EndedSession.From(written.Session, "replayed", written.Session.EndedAt ?? written.Session.IdleExpiresAt), ReadSource.Table, Degraded: false);
    }

    private Rotation RotationOf(ApiAnswer answer) => new()
    {
        Outcome = RotationOutcome.Rotated,
        Session = LiveIn(answer),
        Token = new IssuedToken(answer.TextOf("token")),
        Degraded = AnswerText.IsDegraded(answer),
        EffectiveBy = AnswerText.EffectiveByOf(answer),
    };

    // The answer has their number; the reason in their rows identifies them.
    private IEnumerable<SessionReading> EndedBy(RawCall raw) => log.EndedWith(raw.Mark!) // such a call has a mark
        .Select(state => new SessionReading(Live: null, EndedSession.From(state.Session, raw.Mark!, state.Session.EndedAt!.Value), ReadSource.Table, Degraded: false)); // as above; it has ended

    private SessionPage PageOf(RawCall raw) => new()
    {
        Sessions =
        [
            .. raw.Answers
                .SelectMany(page => page.Json.GetProperty("sessions").EnumerateArray())
                .Select(session => new SessionReading(AnswerText.ReadLive(session, log), Ended: null, ReadSource.Table, Degraded: false))
                .Where(reading => reading.Live is not null),
        ],
    };
}
