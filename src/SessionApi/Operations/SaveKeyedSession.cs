using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class SaveKeyedSession(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.SaveKeyedSession,
        Methods = [HttpMethods.Put],
        Route = "v1/keyed-sessions/{key}",
        Group = "Keyed sessions",
        Access = Access.Service(Scopes.Keyed),
        Summary = "Saves the session of a key: creates it, or replaces its data and what else is given. With userId, an anonymous session becomes that user's. Counts as activity. Never revives a session that was ended.",
        RequestSchema = "KeyedSession",
        IsConditional = true,
        Answers =
        [
            new(StatusCodes.Status200OK, "The session, saved.", "Session"),
            new(StatusCodes.Status201Created, "The new session.", "Session"),
        ],
        Problems = [ProblemTypes.SessionEnded, ProblemTypes.SessionHasUser, ProblemTypes.SessionLimit, ProblemTypes.DataTooLarge, ProblemTypes.ClaimsTooLarge],
        Handler = typeof(SaveKeyedSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetKey(out var key))
        {
            return SessionProblems.KeyMalformed;
        }

        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var save = KeyedSessionRequest.Read(body.Json, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        var change = await sessions.Keyed.SaveAsync(key, save, Preconditions.OfWrite(call.Http.Request.Headers), cancellationToken);
        if (change is not { Outcome: KeyedOutcome.Created or KeyedOutcome.Changed, Session: { } session })
        {
            return KeyedAnswers.ProblemOf(change);
        }

        var isNew = change.Outcome is KeyedOutcome.Created;
        if (isNew)
        {
            call.Http.Response.Headers.Location = $"{Operation.BasePath}/v1/keyed-sessions/{call.Http.Request.RouteValues["key"]}";
        }

        await KeyedAnswers.SavedAsync(call.Http, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, session, change.Degraded, answers.Now);
        return null;
    }
}

/// <summary>The body of a save under a key.</summary>
internal static class KeyedSessionRequest
{
    private static readonly MemberNames Members = new("data", "userId", "claims", "device", "idleTimeoutSeconds", "absoluteLifetimeSeconds");

    /// <summary>Reads it; the result is meaningless when there is a fault.</summary>
    public static NewSession Read(ReadOnlyMemory<byte> json, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        var session = new NewSession();
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            session = member switch
            {
                0 => session with { DataJson = reader.ReadFreeObject(NewSession.MaxDataBytes, SessionProblems.DataTooLarge) },
                1 => session with { UserId = reader.ReadUserId() },
                2 => session with { ClaimsJson = reader.ReadFreeObject(NewSession.MaxClaimsBytes, SessionProblems.ClaimsTooLarge) },
                3 => session with { Device = CreateSessionRequest.ReadDevice(ref reader) },
                4 => session with { IdleTimeout = RequestSeconds.ReadPositive(ref reader) },
                _ => session with { AbsoluteLifetime = RequestSeconds.ReadPositive(ref reader) },
            };
        }

        fault = reader.Fault ?? (session.DataJson.IsEmpty ? SessionProblems.Member("#/data", "The member is required.") : null);
        return session;
    }
}
