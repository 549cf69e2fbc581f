using SessionCore.Sessions;

namespace SessionApi.Answers;

/// <summary>The only answers that hold a token: of a creation and of a rotation.</summary>
internal static class IssuedAnswer
{
    /// <summary>Appends everything up to the session's representation, which must follow; the object stays open.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="sid">The session's id.</param>
    /// <param name="token">The token; null where it goes into a cookie instead.</param>
    public static void Append(AnswerBuffer buffer, string sid, IssuedToken? token)
    {
        buffer.Append("{\"sid\":\""u8);
        buffer.AppendAscii(sid);
        if (token is not null)
        {
            buffer.Append("\",\"token\":\""u8);
            buffer.AppendAscii(token.Reveal());
        }

        buffer.Append("\",\"session\":"u8);
    }
}
