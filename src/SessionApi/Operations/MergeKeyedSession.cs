using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class MergeKeyedSession(SessionService sessions) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.MergeKeyedSession,
        Methods = [HttpMethods.Patch],
        Route = "v1/keyed-sessions/{key}",
        Group = "Keyed sessions",
        Access = Access.Service(Scopes.Keyed),
        Summary = "Applies a JSON merge patch (RFC 7396) to the data of the live session of a key. Without If-Match, concurrent patches are all kept.",
        RequestSchema = "Data",
        IsMergePatch = true,
        IsConditional = true,
        Answers = [new(StatusCodes.Status200OK, "The new data.", "Data")],
        Problems = [ProblemTypes.SessionNotFound, ProblemTypes.DataTooLarge],
        Handler = typeof(MergeKeyedSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetKey(out var key))
        {
            return SessionProblems.KeyMalformed;
        }

        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: true, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        using var patch = FreeJson.ParseObject(body.Json);
        if (patch is null)
        {
            return FreeJson.Refused;
        }

        var change = await sessions.Keyed.MergeAsync(key, patch.RootElement, Preconditions.OfWrite(call.Http.Request.Headers), cancellationToken);
        if (change is not { Outcome: KeyedOutcome.Changed, Session: { } session })
        {
            return KeyedAnswers.ProblemOf(change);
        }

        SessionAnswers.TellDegraded(call.Http.Response, change.Degraded);
        await ContentAnswers.DataAsync(call.Http, session);
        return null;
    }
}
