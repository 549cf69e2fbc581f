using System.Globalization;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class ListUserSessions(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    private const string CountOnlyName = "countOnly";

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.ListUserSessions,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/sessions",
        Group = "Sessions",
        Access = Access.Service(Scopes.Read, Scopes.Support),
        Summary = "Lists a user's sessions, newest first. HEAD and countOnly count the live ones.",
        Query =
        [
            RequestUser.Parameter,
            RequestPage.SizeParameter,
            RequestPage.ContinuationParameter,
            RequestSessionState.Parameter,
            new(CountOnlyName, "Whether to count the live sessions instead of listing them.", RequestFlag.Schema),
        ],
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "A page of sessions, or the count.", "SessionListOrCount")],
        Handler = typeof(ListUserSessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!RequestUser.TryRead(call, out var partition))
        {
            return RequestUser.Refused;
        }

        if (RequestFlag.Read(call, CountOnlyName, out var countOnly) is { } unclear)
        {
            return unclear;
        }

        if (RequestPage.Read(call, out var page) is { } refusal)
        {
            return refusal;
        }

        if (RequestSessionState.Read(call, SessionListState.Live) is not { } state)
        {
            return RequestSessionState.Refused;
        }

        if (!countOnly && !HttpMethods.IsHead(call.Http.Request.Method))
        {
            return await ListAsync(call, partition, state, page, cancellationToken);
        }

        if (state is not SessionListState.Live)
        {
            return SessionProblems.Parameter(RequestSessionState.Parameter.Name, "Not supported with a count. Allowed: live.");
        }

        await CountAsync(call, partition, cancellationToken);
        return null;
    }

    private async ValueTask<Problem?> ListAsync(
        Call call, UInt128 partition, SessionListState state, RequestPage page, CancellationToken cancellationToken)
    {
        var found = await sessions.ListAsync(partition, state, page.Size, page.Continuation, call.Consistency, cancellationToken);
        if (found.ContinuationRefused)
        {
            return RequestPage.ContinuationRefused;
        }

        await answers.ListAsync(call.Http, found, SessionView.ServiceListItem, current: null);
        return null;
    }

    private async ValueTask CountAsync(Call call, UInt128 partition, CancellationToken cancellationToken)
    {
        var count = await sessions.CountAsync(partition, call.Consistency, cancellationToken);
        using var buffer = new AnswerBuffer();
        buffer.Append("{\"count\":"u8);
        buffer.Append(count.Count);
        buffer.Append("}"u8);
        call.Http.Response.Headers[SessionHeaders.Count] = count.Count.ToString(CultureInfo.InvariantCulture);
        SessionAnswers.Tell(call.Http, count);
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, buffer.Written);
    }
}
