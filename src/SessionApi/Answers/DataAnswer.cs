using Microsoft.AspNetCore.Http;
using SessionCore.Sessions;

namespace SessionApi.Answers;

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
