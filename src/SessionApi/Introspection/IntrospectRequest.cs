using SessionApi.Bodies;
using SessionApi.Problems;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Introspection;

/// <summary>The body of an introspection.</summary>
internal readonly record struct IntrospectRequest(TokenVerdict Verdict, SessionToken Token, bool Touch, string? IpAddress)
{
    private static readonly MemberNames Members = new("token", "touch", "ipAddress");

    public static IntrospectRequest Read(ReadOnlyMemory<byte> json, KeyRing keys, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        TokenVerdict? verdict = null;
        SessionToken token = default;
        var touch = true;
        string? address = null;
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            switch (member)
            {
                case 0:
                    verdict = ReadToken(ref reader, keys, out token);
                    break;
                case 1:
                    touch = reader.ReadBoolean();
                    break;
                default:
                    address = reader.ReadAddress();
                    break;
            }
        }

        fault = reader.Fault ?? (verdict is null ? SessionProblems.Member("#/token", "The member is required.") : null);
        return new IntrospectRequest(verdict ?? TokenVerdict.Malformed, token, touch, address);
    }

    // A token has one length and no escapes, so one that is longer is not copied to be looked at.
    private static TokenVerdict ReadToken(ref StrictJsonReader reader, KeyRing keys, out SessionToken token)
    {
        Span<char> text = stackalloc char[SessionToken.TextLength];
        var length = reader.ReadShortString(text);
        if (length < 0)
        {
            token = default;
            return TokenVerdict.Malformed;
        }

        return SessionToken.Read(text[..length], keys, out token);
    }
}
