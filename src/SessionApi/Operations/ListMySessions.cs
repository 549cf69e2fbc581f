using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class ListMySessions(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.ListMySessions,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/me/sessions",
        Group = "My devices",
        Access = Access.User,
        Summary = "Lists the user's live sessions, newest first. The session of this request is marked current.",
        Query = [RequestPage.SizeParameter, RequestPage.ContinuationParameter],
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "A page of live sessions.", "OwnSessionList")],
        Handler = typeof(ListMySessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (RequestPage.Read(call, out var page) is { } refusal)
        {
            return refusal;
        }

        var own = call.User.Token.Locator;
        var found = await sessions.ListAsync(own.Partition, SessionListState.Live, page.Size, page.Continuation, call.Consistency, cancellationToken);
        if (found.ContinuationRefused)
        {
            return RequestPage.ContinuationRefused;
        }

        await answers.ListAsync(call.Http, found, SessionView.UserListItem, new SessionId(own));
        return null;
    }
}
