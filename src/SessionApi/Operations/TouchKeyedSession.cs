using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class TouchKeyedSession(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.TouchKeyedSession,
        Methods = [HttpMethods.Post],
        Route = "v1/keyed-sessions/{key}/touch",
        Group = "Keyed sessions",
        Access = Access.Service(Scopes.Keyed),
        Summary = "Reports activity of the user, which renews the idle end of the session of a key.",
        RequestSchema = "Activity",
        IsRequestOptional = true,
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "The session with its new ends.", "Session")],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(TouchKeyedSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetKey(out var key))
        {
            return SessionProblems.KeyMalformed;
        }

        using var body = await RequestBody.ReadOptionalAsync(call.Http, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var address = TouchRequest.Read(body.Json, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        var reading = await sessions.Keyed.TouchAsync(key, call.Consistency, address, cancellationToken);
        if (reading.Live is not { } live)
        {
            return SessionProblems.SessionNotFound;
        }

        await KeyedAnswers.FoundAsync(call.Http, answers, reading, live);
        return null;
    }
}
