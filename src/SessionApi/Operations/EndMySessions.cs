using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class EndMySessions(SessionService sessions, SessionCookie cookie) : IOperationHandler
{
    private const string ExceptName = "except";
    private const string Current = "current";

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.EndMySessions,
        Methods = [HttpMethods.Delete],
        Route = "v1/me/sessions",
        Group = "My devices",
        Access = Access.User,
        Summary = "Signs the user out on all devices, or on all others.",
        Query = [new(ExceptName, "Keeps the session of this request.", """{"type":"string","enum":["current"]}""")],
        Answers =
        [
            new(StatusCodes.Status200OK, "Number of sessions ended everywhere.", "EndedCount"),
            new(StatusCodes.Status202Accepted, "Number of sessions ended. Every instance refuses them by effectiveBy.", "EndedCount"),
        ],
        Handler = typeof(EndMySessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var except = call.Query(ExceptName);
        if (except is not (null or Current))
        {
            return SessionProblems.Parameter(ExceptName, "Unknown value. Allowed: current.");
        }

        var own = call.User.Token.Locator;
        SessionId? kept = except is null ? null : new SessionId(own);
        var revocation = await sessions.RevokeAllAsync(own.Partition, kept, EndReasons.SignedOut, dryRun: false, cancellationToken);
        if (call.User.IsByCookie && kept is null)
        {
            cookie.Clear(call.Http.Response);
        }

        await SessionAnswers.EndedCountAsync(call.Http, revocation.Sessions.Count, revocation.EffectiveBy);
        return null;
    }
}
