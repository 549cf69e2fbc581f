using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Events;

namespace SessionApi.Operations;

internal sealed class GetUserTimeline(Timeline timeline) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetUserTimeline,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/users/timeline",
        Group = "Audit",
        Access = Access.Service(Scopes.Audit, Scopes.Support),
        Summary = "Reads the events of a user's sessions, newest first. With the audit off, only those that are not delivered yet.",
        Query = [RequestUser.Parameter, RequestPage.SizeParameter, RequestPage.ContinuationParameter],
        Answers = [new(StatusCodes.Status200OK, "A page of events.", TimelineAnswers.Schema)],
        Handler = typeof(GetUserTimeline),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!RequestUser.TryRead(call, out var partition))
        {
            return RequestUser.Refused;
        }

        if (RequestPage.Read(call, out var page) is { } refusal)
        {
            return refusal;
        }

        var found = await timeline.ReadUserAsync(partition, page.Size, page.Continuation, cancellationToken);
        if (found.IsContinuationRefused)
        {
            return RequestPage.ContinuationRefused;
        }

        await TimelineAnswers.PageAsync(call.Http, found);
        return null;
    }
}
