using System.Buffers;
using System.Collections.Frozen;

namespace SessionCore.Sessions;

/// <summary>Names of authentication methods (RFC 8176): the <c>amr</c> of OpenID Connect. Names outside the registry are as good.</summary>
public static class AuthenticationMethods
{
    /// <summary>The most names of a session.</summary>
    public const int MaxCount = 8;

    /// <summary>The most characters of a name. Some identity providers use URIs.</summary>
    public const int MaxNameCharacters = 64;

    // RFC 8176 section 6.1: printable ASCII without space, double quote and backslash.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Except(['"', '\\'])]);

    // RFC 8176 section 2.
    private static readonly FrozenSet<string> Registered = FrozenSet.ToFrozenSet(
        [
            "face", "fpt", "geo", "hwk", "iris", "kba", "mca", "mfa", "otp", "pin", "pop", "pwd", "rba", "retina", "sc", "sms", "swk", "tel", "user", "vbm", "wia",
        ],
        StringComparer.Ordinal);

    /// <summary>Returns whether a name is one of those that RFC 8176 registers.</summary>
    public static bool IsRegistered(string name) => Registered.Contains(name);

    /// <summary>Returns whether a text can be the name of a method.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxNameCharacters && !text.ContainsAnyExcept(Allowed);
}
