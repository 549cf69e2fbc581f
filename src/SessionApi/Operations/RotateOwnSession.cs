using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

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
        TokenRequirement = TokenRequirement.Genuine,
        Summary = "Exchanges the token for a new one. The old one is accepted for up to ten more seconds. In cookie mode the answer sets the cookie.",
        Answers = [new(StatusCodes.Status200OK, "The session and, outside cookie mode, its new token.", "IssuedOwnSession")],
        Handler = typeof(RotateOwnSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var rotation = await sessions.RotateOwnAsync(call.User.Token, cancellationToken);
        if (rotation is not { Outcome: RotationOutcome.Rotated, Session: { } session, Token: { } token })
        {
            return rotation.Ended is { } ended ? authenticator.RefuseEnded(call, ended) : authenticator.Refuse(call);
        }

        if (call.User.IsByCookie)
        {
            cookie.Set(call.Http.Response, token, session);
        }

        await answers.RotatedAsync(call.Http, rotation, session, SessionView.User, call.User.IsByCookie ? null : token);
        return null;
    }
}
