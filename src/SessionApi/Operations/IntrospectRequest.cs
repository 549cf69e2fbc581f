using System.Globalization;
using SessionApi.Http;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>An introspection, as the body of a request or as one of several.</summary>
/// <param name="Verdict">Whether the token is genuine.</param>
/// <param name="Token">The token, if it is.</param>
/// <param name="Touch">Whether it counts as activity.</param>
/// <param name="IpAddress">Where the user is; null when not told.</param>
/// <param name="Requires">What the sign-in must meet; null for nothing.</param>
/// <param name="Audience">The audience of the passport that is wanted; null for none.</param>
/// <param name="KnownVersion">The version of the session that the caller has; null for none.</param>
internal readonly record struct IntrospectRequest(
    TokenVerdict Verdict, SessionToken Token, bool Touch, string? IpAddress, SignInRequirement? Requires, string? Audience, long? KnownVersion)
{
    /// <summary>The most introspections of one request; as many as one command to Redis reads.</summary>
    public const int MaxCount = 64;

    private const string List = "introspections";

    private static readonly string CountRule = $"must have 1 to {MaxCount} items";

    private static readonly MemberNames Members = new("token", "touch", "ipAddress", "requires", "passport", "knownVersion");

    private static readonly MemberNames ListMembers = new(List);

    /// <summary>Reads a body that is one introspection.</summary>
    public static IntrospectRequest Read(ReadOnlyMemory<byte> json, KeyRing keys, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        var draft = new Draft();
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            draft.ReadMember(ref reader, member, keys);
        }

        fault = reader.Fault ?? draft.Check("#");
        return draft.Request;
    }

    /// <summary>Reads a body that is a list of introspections. The fault of one names its index.</summary>
    public static List<IntrospectRequest> ReadAll(ReadOnlyMemory<byte> json, KeyRing keys, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        List<IntrospectRequest> all = [];
        fault = null;
        while (reader.Next(ListMembers) >= 0)
        {
            all = ReadItems(ref reader, keys, out fault);
        }

        fault = reader.Fault ?? fault ?? (all.Count == 0 ? SessionProblems.Member($"#/{List}", $"The value {CountRule}.") : null);
        return all;
    }

    private static List<IntrospectRequest> ReadItems(ref StrictJsonReader reader, KeyRing keys, out Problem? fault)
    {
        var all = new List<IntrospectRequest>();
        fault = null;
        if (!reader.BeginArray())
        {
            return all;
        }

        while (reader.NextObject(Members, all.Count) is { } outer)
        {
            var draft = new Draft();
            for (var member = reader.NextInner(); member >= 0; member = reader.NextInner())
            {
                draft.ReadMember(ref reader, member, keys);
            }

            fault ??= draft.Check(string.Create(CultureInfo.InvariantCulture, $"#/{List}/{all.Count}"));
            reader.EndObject(outer);
            if (all.Count == MaxCount)
            {
                reader.FailMember(CountRule);
            }

            all.Add(draft.Request);
        }

        return all;
    }

    private ref struct Draft()
    {
        private TokenVerdict? _verdict;
        private SessionToken _token;
        private bool _touch = true;
        private string? _address;
        private SignInRequirement? _requires;
        private string? _audience;
        private long? _knownVersion;

        public readonly IntrospectRequest Request =>
            new(_verdict ?? TokenVerdict.Malformed, _token, _touch, _address, _requires, _audience, _knownVersion);

        public void ReadMember(ref StrictJsonReader reader, int member, KeyRing keys)
        {
            switch (member)
            {
                case 0:
                    _verdict = ReadToken(ref reader, keys, out _token);
                    break;
                case 1:
                    _touch = reader.ReadBoolean();
                    break;
                case 2:
                    _address = reader.ReadAddress();
                    break;
                case 3:
                    _requires = RequestRequirement.Read(ref reader);
                    break;
                case 4:
                    _audience = PassportRequest.Read(ref reader);
                    break;
                default:
                    _knownVersion = reader.ReadInteger();
                    break;
            }
        }

        public readonly Problem? Check(string path) => _verdict is null ? SessionProblems.Member(path + "/token", "The member is required.") : null;

        // A token has a fixed length and no escapes, so longer text is refused without a copy.
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
}
