using Microsoft.AspNetCore.Http;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Answers of the operations on keyed sessions. The entity tag is the version of data and claims: activity does not change it.</summary>
internal static class KeyedAnswers
{
    /// <summary>Answers 200 with a session that was found; to a conditional GET or HEAD, 304 or 412 where its condition says so.</summary>
    public static async ValueTask FoundAsync(HttpContext context, SessionAnswers answers, SessionReading reading, LiveSession session)
    {
        using var buffer = new AnswerBuffer();
        session.WriteTo(buffer, SessionView.Service, answers.Now);
        answers.Tell(context, reading);
        await Answer.RepresentationAsync(context, EntityTag.Of(session.DataVersion), buffer.Written);
    }

    /// <summary>Answers with a session that was saved.</summary>
    public static async ValueTask SavedAsync(HttpContext context, int status, LiveSession session, bool degraded, DateTimeOffset now)
    {
        using var buffer = new AnswerBuffer();
        session.WriteTo(buffer, SessionView.Service, now);
        context.Response.Headers.ETag = EntityTag.Of(session.DataVersion);
        SessionAnswers.TellDegraded(context.Response, degraded);
        await Answer.JsonAsync(context, status, buffer.Written);
    }

    /// <summary>The problem of a change that was not made.</summary>
    public static Problem ProblemOf(KeyedChange change) => change.Outcome switch
    {
        KeyedOutcome.VersionMismatch => change.CurrentVersion is { } version ? SessionProblems.VersionMismatch(EntityTag.Of(version)) : SessionProblems.KeyIsFree,
        KeyedOutcome.Ended when change.End is { } end => SessionProblems.KeyedEnded(end.Reason, end.At),
        KeyedOutcome.HasUser => SessionProblems.SessionHasUser,
        KeyedOutcome.LimitReached => SessionProblems.SessionLimit(change.Limit),
        KeyedOutcome.TooLarge => SessionProblems.DataTooLarge,
        KeyedOutcome.OutsidePolicy => SessionProblems.OutsidePolicy(change.Fault!), // told with this outcome
        _ => SessionProblems.SessionNotFound,
    };
}
