using Microsoft.AspNetCore.Http;
using SessionApi.Answers;
using SessionApi.Bodies;
using SessionApi.Callers;
using SessionApi.Problems;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Activity;

internal sealed class TouchSession(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.TouchSession,
        Methods = [HttpMethods.Post],
        Route = "v1/sessions/{sid}/touch",
        Group = "Sessions",
        Access = Access.Service(Scopes.Touch),
        Summary = "Reports activity of the user and renews the idle end.",
        RequestSchema = "Activity",
        IsRequestOptional = true,
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "The session with its new ends.", "Session")],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(TouchSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
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

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var reading = await sessions.FindAsync(id, call.Consistency, cancellationToken);
        if (reading.Live is not null)
        {
            reading = await sessions.TouchAsync(reading, address, cancellationToken);
        }

        if (reading.Live is null)
        {
            return SessionProblems.SessionNotFound;
        }

        await answers.RepresentationAsync(call.Http, reading, SessionView.Service);
        return null;
    }
}
