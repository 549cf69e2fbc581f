using Microsoft.AspNetCore.Http;
using SessionApi.Answers;
using SessionApi.Bodies;
using SessionApi.Callers;
using SessionApi.Problems;
using SessionCore.Operations;

namespace SessionApi.Maintenance;

internal sealed class RevokeBefore(SessionService sessions, TimeProvider clock) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.RevokeBefore,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/revoke-before",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Ends every session created before an instant, such as now; an earlier instant than was given before changes nothing.",
        RequestSchema = "RevokeBefore",
        Answers = [new(StatusCodes.Status202Accepted, "They have ended; every instance knows at the latest at effectiveBy.", "Effect")],
        Handler = typeof(RevokeBefore),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var instant = RevokeBeforeRequest.Read(body.Json, clock.GetUtcNow(), out var fault);
        if (fault is not null)
        {
            return fault;
        }

        await SessionAnswers.EndedAsync(call.Http, await sessions.RevokeBeforeAsync(instant, cancellationToken));
        return null;
    }
}
