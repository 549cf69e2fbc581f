using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Events;

namespace SessionApi.Operations;

internal sealed class GetOperatorTimeline(Timeline timeline) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetOperatorTimeline,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/operations/timeline",
        Group = "Audit",
        Access = Access.Service(Scopes.Audit, Scopes.Operate),
        Summary = "Reads what operators did, newest first: each operation, who called it, and with which parameters. Empty while the audit is off.",
        Query = [RequestPage.SizeParameter, RequestPage.ContinuationParameter],
        Answers = [new(StatusCodes.Status200OK, "A page of actions.", TimelineAnswers.Schema)],
        Handler = typeof(GetOperatorTimeline),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (RequestPage.Read(call, out var page) is { } refusal)
        {
            return refusal;
        }

        var found = await timeline.ReadOperatorsAsync(page.Size, page.Continuation, cancellationToken);
        if (found.IsContinuationRefused)
        {
            return RequestPage.ContinuationRefused;
        }

        await TimelineAnswers.PageAsync(call.Http, found);
        return null;
    }
}
