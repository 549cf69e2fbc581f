using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class EndOwnSession(SessionService sessions, SessionCookie cookie) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.EndOwnSession,
        Methods = [HttpMethods.Delete],
        Route = "v1/session",
        Group = "Own session",
        Access = Access.User,
        TokenRequirement = TokenRequirement.LiveOrEnded,
        Summary = "Signs out. Idempotent: the token of a session that has ended is accepted.",
        Answers =
        [
            new(StatusCodes.Status202Accepted, "Ended. Every instance refuses it by effectiveBy.", "Effect"),
            new(StatusCodes.Status204NoContent, "Ended everywhere."),
        ],
        Handler = typeof(EndOwnSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        // Also for a session that has ended already: its revocation may not have reached every instance yet.
        var revocation = await sessions.RevokeOwnAsync(call.User.Token, EndReasons.SignedOut, cancellationToken);
        if (call.User.IsByCookie)
        {
            cookie.Clear(call.Http.Response);
        }

        await SessionAnswers.EndedAsync(call.Http, revocation.EffectiveBy);
        return null;
    }
}
