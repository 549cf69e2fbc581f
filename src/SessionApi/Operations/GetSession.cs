using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class GetSession(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetSession,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/sessions/{sid}",
        Group = "Sessions",
        Access = Access.Service(Scopes.Read),
        Summary = "Reads a session. An ended one is answered within its retention. HEAD answers 200 only for a live one.",
        TakesConsistency = true,
        IsConditional = true,
        Answers = [new(StatusCodes.Status200OK, "The session.", "Session")],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(GetSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var reading = await sessions.FindAsync(id, call.Consistency, cancellationToken);
        if (reading.IsUnknown || (reading.Live is null && HttpMethods.IsHead(call.Http.Request.Method)))
        {
            return SessionProblems.SessionNotFound;
        }

        await answers.RepresentationAsync(call.Http, reading, SessionView.Service);
        return null;
    }
}
