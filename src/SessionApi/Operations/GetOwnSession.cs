using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Pooling;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class GetOwnSession(SessionAnswers answers, CsrfGuard csrf) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetOwnSession,
        Methods = [HttpMethods.Get],
        Route = "v1/session",
        Group = "Own session",
        Access = Access.User,
        Summary = "Who am I: the own session; never renews it. In cookie mode it also holds the csrfToken.",
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "The session as its user sees it.", "OwnSession")],
        Handler = typeof(GetOwnSession),
    };

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.IsByCookie)
        {
            await answers.RepresentationAsync(call.Http, call.Own, SessionView.User);
            return null;
        }

        var live = call.Own.Live!; // the dispatcher lets only live sessions through to here
        using var buffer = new AnswerBuffer();
        live.WriteTo(buffer, SessionView.User, answers.Now);
        buffer.ReopenObject();
        buffer.Append(",\"csrfToken\":\""u8);
        buffer.AppendAscii(csrf.TokenOf(live.Id));
        buffer.Append("\"}"u8);
        call.Http.Response.Headers.ETag = EntityTag.Of(live.Version);
        SessionAnswers.Tell(call.Http.Response, call.Own.Source, call.Own.Degraded);
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, buffer.Written);
        return null;
    }
}
