using Microsoft.AspNetCore.Http;
using SessionApi.Answers;
using SessionApi.Bodies;
using SessionApi.Callers;
using SessionApi.Cookies;
using SessionApi.Problems;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.OwnSession;

internal sealed class RotateOwnSession(
    SessionService sessions, SessionAnswers answers, Authenticator authenticator, SessionCookie cookie) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.RotateOwnSession,
        Methods = [HttpMethods.Post],
        Route = "v1/session/rotate",
        Group = "Own session",
        Access = Access.User,
        TokenCheck = TokenCheck.Genuine,
        Summary = "Exchanges the token for a new one; the old one counts for at most ten more seconds. In cookie mode it sets the cookie.",
        Answers = [new(StatusCodes.Status200OK, "The session and, outside cookie mode, its new token.", "IssuedOwnSession")],
        Handler = typeof(RotateOwnSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (await NoBody.CheckAsync(call.Http, cancellationToken) is { } unexpected)
        {
            return unexpected;
        }

        var rotation = await sessions.RotateOwnAsync(call.Token, cancellationToken);
        if (rotation is not { Outcome: RotationOutcome.Rotated, Session: { } session, Token: { } token })
        {
            return rotation.Ended is { } ended ? authenticator.RefuseEnded(call, ended) : authenticator.Refuse(call);
        }

        if (call.IsByCookie)
        {
            cookie.Set(call.Http.Response, token, session);
        }

        await answers.RotatedAsync(call.Http, rotation, session, SessionView.User, call.IsByCookie ? null : token);
        return null;
    }
}
