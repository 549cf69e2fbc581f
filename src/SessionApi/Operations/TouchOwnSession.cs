using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class TouchOwnSession(SessionService sessions, SessionAnswers answers, Authenticator authenticator) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.TouchOwnSession,
        Methods = [HttpMethods.Post],
        Route = "v1/session/touch",
        Group = "Own session",
        Access = Access.User,
        Summary = "Renews the idle end of the user's own session, never the absolute end.",
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "The session with its new ends.", "OwnSession")],
        Handler = typeof(TouchOwnSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var reading = await sessions.TouchAsync(call.User.Session, ipAddress: null, cancellationToken);
        if (reading.Live is null)
        {
            return reading.Ended is { } ended ? authenticator.RefuseEnded(call, ended) : authenticator.Refuse(call);
        }

        await answers.RepresentationAsync(call.Http, reading, SessionView.User);
        return null;
    }
}
