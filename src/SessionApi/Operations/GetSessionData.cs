using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class GetSessionData(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetSessionData,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/sessions/{sid}/data",
        Group = "Sessions",
        Access = Access.Service(Scopes.Data),
        Summary = "Reads the server-only data of a live session.",
        TakesConsistency = true,
        IsConditional = true,
        Answers = [new(StatusCodes.Status200OK, "The data.", "Data")],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(GetSessionData),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var reading = await sessions.FindAsync(id, call.Consistency, cancellationToken);
        if (reading.Live is not { } live)
        {
            return SessionProblems.SessionNotFound;
        }

        answers.Tell(call.Http, reading);
        await ContentAnswers.DataAsync(call.Http, live);
        return null;
    }
}
