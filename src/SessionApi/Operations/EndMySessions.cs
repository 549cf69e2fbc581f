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
        Summary = "Signs the user out everywhere, or everywhere else.",
        Query = [new(ExceptName, "Keeps the session that asks.", """{"type":"string","enum":["current"]}""")],
        Answers =
        [
            new(StatusCodes.Status200OK, "How many have ended everywhere.", "EndedCount"),
            new(StatusCodes.Status202Accepted, "How many have ended; every instance knows at the latest at effectiveBy.", "EndedCount"),
        ],
        Handler = typeof(EndMySessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var except = call.Query(ExceptName);
        if (except is not (null or Current))
        {
            return SessionProblems.Parameter(ExceptName, "It must be current.");
        }

        var own = call.Token.Locator;
        SessionId? kept = except is null ? null : new SessionId(own);
        var revocation = await sessions.RevokeAllAsync(own.Partition, kept, EndReasons.SignedOut, dryRun: false, cancellationToken);
        if (call.IsByCookie && kept is null)
        {
            cookie.Clear(call.Http.Response);
        }

        await SessionAnswers.EndedCountAsync(call.Http, revocation.Sessions.Count, revocation.EffectiveBy);
        return null;
    }
}
