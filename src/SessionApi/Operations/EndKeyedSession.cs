using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class EndKeyedSession(SessionService sessions) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.EndKeyedSession,
        Methods = [HttpMethods.Delete],
        Route = "v1/keyed-sessions/{key}",
        Group = "Keyed sessions",
        Access = Access.Service(Scopes.Keyed),
        Summary = "Ends the session of a key permanently. Idempotent: a key without a session is answered alike.",
        Query = [RequestReason.Parameter],
        Answers =
        [
            new(StatusCodes.Status202Accepted, "Ended. Every instance refuses it by effectiveBy.", "Effect"),
            new(StatusCodes.Status204NoContent, "Ended everywhere."),
        ],
        Handler = typeof(EndKeyedSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (RequestReason.Read(call, out var reason) is { } refusal)
        {
            return refusal;
        }

        if (!call.TryGetKey(out var key))
        {
            return SessionProblems.KeyMalformed;
        }

        var revocation = await sessions.Keyed.RevokeAsync(key, reason, cancellationToken);
        await SessionAnswers.EndedAsync(call.Http, revocation.EffectiveBy);
        return null;
    }
}
