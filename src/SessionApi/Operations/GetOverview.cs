using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;

namespace SessionApi.Operations;

internal sealed class GetOverview(OverviewReader overview) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetOverview,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/operations/overview",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "State of the deployment: live sessions, sessions created and ended by the hour, maintenance, cache, keys, events. At most ten seconds old.",
        Deadline = TimeSpan.FromSeconds(10),
        Answers = [new(StatusCodes.Status200OK, "The state.", "Overview")],
        Handler = typeof(GetOverview),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, await overview.RenderAsync(OverviewAnswer.Render, cancellationToken));
        return null;
    }
}
