using Microsoft.AspNetCore.Http;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Answers of operations on data and claims.</summary>
internal static class ContentAnswers
{
    /// <summary>Answers 200 with the data.</summary>
    public static Task DataAsync(HttpContext context, LiveSession session) => SendAsync(context, session, session.DataJson);

    /// <summary>Answers a write of data, or returns the problem.</summary>
    public static async ValueTask<Problem?> DataWrittenAsync(HttpContext context, Change change)
    {
        if (change is not { Outcome: ChangeOutcome.Changed, Session: { } session })
        {
            return ProblemOf(change);
        }

        SessionAnswers.TellDegraded(context.Response, change.Degraded);
        await DataAsync(context, session);
        return null;
    }

    /// <summary>Answers a write of claims, or returns the problem.</summary>
    public static async ValueTask<Problem?> ClaimsWrittenAsync(HttpContext context, Change change)
    {
        if (change is not { Outcome: ChangeOutcome.Changed, Session: { } session })
        {
            return ProblemOf(change);
        }

        SessionAnswers.TellDegraded(context.Response, change.Degraded);
        await SendAsync(context, session, session.ClaimsJson);
        return null;
    }

    private static Problem ProblemOf(Change change) => change.Outcome switch
    {
        ChangeOutcome.VersionMismatch => SessionProblems.VersionMismatch(EntityTag.Of(change.CurrentVersion)),
        ChangeOutcome.TooLarge => SessionProblems.DataTooLarge,
        _ => SessionProblems.SessionNotFound,
    };

    private static Task SendAsync(HttpContext context, LiveSession session, ReadOnlySpan<byte> json)
    {
        var buffer = new AnswerBuffer();
        buffer.Append(json);
        return SendAsync(context, EntityTag.Of(session.DataVersion), buffer);
    }

    private static async Task SendAsync(HttpContext context, string entityTag, AnswerBuffer json)
    {
        using (json)
        {
            await Answer.RepresentationAsync(context, entityTag, json.Written);
        }
    }
}
