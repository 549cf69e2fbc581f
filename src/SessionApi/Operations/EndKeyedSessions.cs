using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class EndKeyedSessions(SessionService sessions) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.EndKeyedSessions,
        Methods = [HttpMethods.Delete],
        Route = "v1/keyed-sessions",
        Group = "Keyed sessions",
        Access = Access.Service(Scopes.Keyed),
        Summary = "Ends every session under a key of the caller. Sessions with tokens, and those of other services, stay.",
        Answers = [new(StatusCodes.Status202Accepted, "Ended. Every instance refuses them by effectiveBy.", "Effect")],
        Handler = typeof(EndKeyedSessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await SessionAnswers.EndedAsync(call.Http, await sessions.Keyed.RevokeAllAsync(call.Service!.Id, cancellationToken)); // keys are for services
        return null;
    }
}
