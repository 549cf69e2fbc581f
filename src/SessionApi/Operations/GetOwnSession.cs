using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;

namespace SessionApi.Operations;

internal sealed class GetOwnSession(OwnSessionAnswer answer) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetOwnSession,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/session",
        Group = "Own session",
        Access = Access.User,
        Summary = "Reads the user's own session without renewing it. In cookie mode the answer also holds csrfToken.",
        TakesConsistency = true,
        IsConditional = true,
        Answers = [new(StatusCodes.Status200OK, "The session as its user sees it.", "OwnSession")],
        Handler = typeof(GetOwnSession),
    };

    public ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken) => answer.WriteAsync(call, call.User.Session);
}
