using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class RevokeSession(SessionService sessions) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.RevokeSession,
        Methods = [HttpMethods.Delete],
        Route = "v1/sessions/{sid}",
        Group = "Sessions",
        Access = Access.Service(Scopes.Revoke, Scopes.Support),
        Summary = "Ends a session permanently. Idempotent.",
        Query = [RequestReason.Parameter],
        Answers =
        [
            new(StatusCodes.Status202Accepted, "Ended. Every instance refuses it by effectiveBy.", "Effect"),
            new(StatusCodes.Status204NoContent, "Ended everywhere."),
        ],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(RevokeSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (RequestReason.Read(call, out var reason) is { } refusal)
        {
            return refusal;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var revocation = await sessions.RevokeAsync(id, reason, cancellationToken);
        if (!revocation.Found)
        {
            return SessionProblems.SessionNotFound;
        }

        await SessionAnswers.EndedAsync(call.Http, revocation.EffectiveBy);
        return null;
    }
}
