using Microsoft.AspNetCore.Http;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>What both writes of data have in common: the precondition and the answer.</summary>
internal static class DataChange
{
    /// <summary>Reads If-Match.</summary>
    /// <param name="request">The request.</param>
    /// <param name="version">The version the data must have; null when the header is not there.</param>
    /// <returns>False when the header is not exactly one strong entity tag of ours.</returns>
    public static bool TryReadPrecondition(HttpRequest request, out long? version)
    {
        version = null;
        if (request.Headers.IfMatch.Count == 0)
        {
            return true;
        }

        var isOurs = EntityTag.TryParse(request.Headers.IfMatch, out var given);
        version = given;
        return isOurs;
    }

    public static Problem PreconditionRefused { get; } = SessionProblems.Header(
        "If-Match", "It must be one ETag of this data, such as \"3\"; neither * nor a weak tag nor a list.");

    public static async ValueTask<Problem?> AnswerAsync(HttpContext context, Change change)
    {
        switch (change.Outcome)
        {
            case ChangeOutcome.VersionMismatch:
                return SessionProblems.VersionMismatch(EntityTag.Of(change.CurrentVersion));
            case ChangeOutcome.TooLarge:
                return SessionProblems.DataTooLarge;
            case ChangeOutcome.Changed when change.Session is { } session:
                SessionAnswers.TellDegraded(context.Response, change.Degraded);
                await DataAnswer.SendAsync(context, session);
                return null;
            default:
                return SessionProblems.SessionNotFound;
        }
    }
}

/// <summary>The data of a session as an answer of its own, with the entity tag that a conditional write of it needs.</summary>
internal static class DataAnswer
{
    public static async ValueTask SendAsync(HttpContext context, LiveSession session)
    {
        using var buffer = new AnswerBuffer();
        buffer.Append(session.DataJson);
        context.Response.Headers.ETag = EntityTag.Of(session.DataVersion);
        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }
}
