using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class ReplaceSessionClaims(SessionService sessions) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.ReplaceSessionClaims,
        Methods = [HttpMethods.Put],
        Route = "v1/sessions/{sid}/claims",
        Group = "Sessions",
        Access = Access.Service(Scopes.Create),
        Summary = "Replaces the claims of a live session. Never creates or revives one.",
        RequestSchema = "Claims",
        IsConditional = true,
        Answers = [new(StatusCodes.Status200OK, "The new claims.", "Claims")],
        Problems = [ProblemTypes.SessionNotFound, ProblemTypes.ClaimsTooLarge],
        Handler = typeof(ReplaceSessionClaims),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        if (FreeJson.MinifyObject(body.Json) is not { } claims)
        {
            return FreeJson.Refused;
        }

        if (claims.Length > NewSession.MaxClaimsBytes)
        {
            return SessionProblems.ClaimsTooLarge;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var change = await sessions.ReplaceClaimsAsync(id, claims, Preconditions.OfWrite(call.Http.Request.Headers), cancellationToken);
        return await ContentAnswers.ClaimsWrittenAsync(call.Http, change);
    }
}
