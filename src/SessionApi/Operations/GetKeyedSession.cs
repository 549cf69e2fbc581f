using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class GetKeyedSession(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetKeyedSession,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/keyed-sessions/{key}",
        Group = "Keyed sessions",
        Access = Access.Service(Scopes.Keyed),
        Summary = "Reads the live session of a key. Never extends it.",
        TakesConsistency = true,
        IsConditional = true,
        Answers = [new(StatusCodes.Status200OK, "The session.", "Session")],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(GetKeyedSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetKey(out var key))
        {
            return SessionProblems.KeyMalformed;
        }

        var reading = await sessions.Keyed.FindAsync(key, call.Consistency, cancellationToken);
        if (reading.Live is not { } live)
        {
            return SessionProblems.SessionNotFound;
        }

        await KeyedAnswers.FoundAsync(call.Http, answers, reading, live);
        return null;
    }
}
