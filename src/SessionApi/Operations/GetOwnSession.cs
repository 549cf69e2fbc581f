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

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.User.IsByCookie)
        {
            await answers.RepresentationAsync(call.Http, call.User.Session, SessionView.User);
            return null;
        }

        var live = call.User.Session.Live!; // the dispatcher passes live sessions only
        using var buffer = new AnswerBuffer();
        live.WriteTo(buffer, SessionView.User, answers.Now);
        buffer.ReopenObject();
        buffer.Append(",\"csrfToken\":\""u8);
        buffer.AppendAscii(csrf.TokenOf(live.Id));
        buffer.Append("\"}"u8);
        answers.Tell(call.Http, call.User.Session);
        await Answer.RepresentationAsync(call.Http, EntityTag.Of(live.Version), buffer.Written);
        return null;
    }
}
