using System.Runtime.CompilerServices;
using SessionApi.Callers;
using SessionApi.Http;
using SessionCore.Pooling;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Answer with the user's own session. In cookie mode it also holds the token against request forgery.</summary>
internal sealed class OwnSessionAnswer(SessionAnswers answers, CsrfGuard csrf)
{
    /// <summary>Answers 200, or as the conditions of the request say.</summary>
    /// <param name="call">The call of the user.</param>
    /// <param name="reading">The session, live.</param>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<Problem?> WriteAsync(Call call, SessionReading reading)
    {
        if (!call.User.IsByCookie)
        {
            await answers.RepresentationAsync(call.Http, reading, SessionView.User);
            return null;
        }

        var live = reading.Live!; // the caller passes live sessions only
        using var buffer = new AnswerBuffer();
        live.WriteTo(buffer, SessionView.User, answers.Now);
        buffer.ReopenObject();
        buffer.Append(",\"csrfToken\":\""u8);
        buffer.AppendAscii(csrf.TokenOf(live.Id));
        buffer.Append("\"}"u8);
        answers.Tell(call.Http, reading);
        await Answer.RepresentationAsync(call.Http, EntityTag.Of(live.Version), buffer.Written);
        return null;
    }
}
