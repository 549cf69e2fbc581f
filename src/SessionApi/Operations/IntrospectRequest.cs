using System.Globalization;
using SessionApi.Http;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>An introspection, as the body of a request or as one of several.</summary>
internal readonly record struct IntrospectRequest(TokenVerdict Verdict, SessionToken Token, bool Touch, string? IpAddress, SignInRequirement? Requires, string? Audience)
{
    /// <summary>The most introspections of one request; as many as one command to Redis reads.</summary>
    public const int MaxCount = 64;

    private const string List = "introspections";

    private static readonly string CountRule = $"must have 1 to {MaxCount} items";

    private static readonly MemberNames Members = new("token", "touch", "ipAddress", "requires", "passport");

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

        public readonly IntrospectRequest Request => new(_verdict ?? TokenVerdict.Malformed, _token, _touch, _address, _requires, _audience);

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
                default:
                    _audience = PassportRequest.Read(ref reader);
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
