using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>Authentication methods in a request: a list of names (RFC 8176).</summary>
internal static class RequestMethods
{
    private static readonly string Rule =
        $"must be at most {AuthenticationMethods.MaxCount} different names, such as pwd, otp and hwk (RFC 8176), "
        + $"each of 1 to {AuthenticationMethods.MaxNameCharacters} printable ASCII characters without space, quotation mark and backslash";

    /// <summary>Reads the names, or null.</summary>
    public static IReadOnlyList<string>? Read(ref StrictJsonReader reader)
    {
        if (reader.ReadTexts(AuthenticationMethods.MaxCount, Rule) is not { } names)
        {
            return null;
        }

        if (names.All(name => AuthenticationMethods.IsName(name)) && names.Distinct(StringComparer.Ordinal).Count() == names.Count)
        {
            return names;
        }

        reader.FailMember(Rule);
        return null;
    }
}
