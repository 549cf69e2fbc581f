using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Events;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class GetSessionTimeline(Timeline timeline, SessionService sessions) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetSessionTimeline,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/sessions/{sid}/timeline",
        Group = "Audit",
        Access = Access.Service(Scopes.Audit, Scopes.Support),
        Summary = "Reads the events of a session, newest first, also after its end. With the audit off, only those that are not delivered yet.",
        Query = [RequestPage.SizeParameter, RequestPage.ContinuationParameter],
        Answers = [new(StatusCodes.Status200OK, "A page of events.", TimelineAnswers.Schema)],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(GetSessionTimeline),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (RequestPage.Read(call, out var page) is { } refusal)
        {
            return refusal;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var found = await timeline.ReadSessionAsync(id, page.Size, page.Continuation, cancellationToken);
        if (found.IsContinuationRefused)
        {
            return RequestPage.ContinuationRefused;
        }

        if (found is { Entries.Count: 0, Continuation: null } && page.Continuation is null && (await sessions.FindAsync(id, call.Consistency, cancellationToken)).IsUnknown)
        {
            return SessionProblems.SessionNotFound;
        }

        await TimelineAnswers.PageAsync(call.Http, found);
        return null;
    }
}
