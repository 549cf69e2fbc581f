using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class EndMySession(SessionService sessions, SessionCookie cookie) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.EndMySession,
        Methods = [HttpMethods.Delete],
        Route = "v1/me/sessions/{sid}",
        Group = "My devices",
        Access = Access.User,
        Summary = "Signs the user out on one device.",
        Answers =
        [
            new(StatusCodes.Status202Accepted, "Ended. Every instance refuses it by effectiveBy.", "Effect"),
            new(StatusCodes.Status204NoContent, "Ended everywhere."),
        ],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(EndMySession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        // Users reach their own partition only: a foreign sid gets the answer of an unknown one.
        var own = call.User.Token.Locator;
        if (!call.TryGetSid(out var id) || id.Locator.Partition != own.Partition)
        {
            return SessionProblems.SessionNotFound;
        }

        var revocation = await sessions.RevokeAsync(id, EndReasons.SignedOut, cancellationToken);
        if (!revocation.Found)
        {
            return SessionProblems.SessionNotFound;
        }

        if (call.User.IsByCookie && id.Locator == own)
        {
            cookie.Clear(call.Http.Response);
        }

        await SessionAnswers.EndedAsync(call.Http, revocation.EffectiveBy);
        return null;
    }
}
