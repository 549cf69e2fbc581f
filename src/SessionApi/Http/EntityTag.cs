using System.Globalization;

namespace SessionApi.Http;

/// <summary>The entity tag of a session: its version in quotes, always strong (RFC 9110 section 8.8.3).</summary>
internal static class EntityTag
{
    private const int MaxDigits = 19;

    private static readonly string[] Common = [.. Enumerable.Range(0, 128).Select(version => Format(version))];

    public static string Of(long version) =>
        (ulong)version < (ulong)Common.Length ? Common[version] : Format(version);

    /// <summary>Reads a version from a quoted tag. Only the canonical spelling of the number is accepted.</summary>
    public static bool TryParse(ReadOnlySpan<char> tag, out long version)
    {
        version = 0;
        return tag is ['"', .., '"']
            && tag.Length is > 2 and <= MaxDigits + 2
            && (tag[1] != '0' || tag.Length == 3)
            && long.TryParse(tag[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }

    private static string Format(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
