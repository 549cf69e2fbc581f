using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>Authentication methods in a request: a list of names (RFC 8176).</summary>
internal static class RequestMethods
{
    /// <summary>What the names must be.</summary>
    public static readonly string Rule =
        $"must be at most {AuthenticationMethods.MaxCount} different names, such as pwd, otp and hwk (RFC 8176), "
        + $"each of 1 to {AuthenticationMethods.MaxNameCharacters} printable ASCII characters without space, quotation mark and backslash";

    /// <summary>Reads the names, or null.</summary>
    public static IReadOnlyList<string>? Read(ref StrictJsonReader reader)
    {
        if (reader.ReadTexts(AuthenticationMethods.MaxCount, Rule) is not { } names)
        {
            return null;
        }

        if (IsAllowed(names))
        {
            return names;
        }

        reader.FailMember(Rule);
        return null;
    }

    /// <summary>Whether names of methods are as <see cref="Rule"/> says.</summary>
    public static bool IsAllowed(IReadOnlyList<string> names) =>
        names.Count <= AuthenticationMethods.MaxCount
        && names.All(name => AuthenticationMethods.IsName(name))
        && names.Distinct(StringComparer.Ordinal).Count() == names.Count;
}
