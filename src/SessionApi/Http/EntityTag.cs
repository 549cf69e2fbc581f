using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace SessionApi.Http;

/// <summary>The entity tag of a session: its version in quotes, always strong (RFC 9110 section 8.8.3).</summary>
internal static class EntityTag
{
    private const int MaxDigits = 19;

    private static readonly string[] Common = [.. Enumerable.Range(0, 128).Select(version => Format(version))];

    public static string Of(long version) =>
        (ulong)version < (ulong)Common.Length ? Common[version] : Format(version);

    /// <summary>Takes exactly one strong tag of ours; "*", weak tags, lists and second spellings of a number are refused.</summary>
    public static bool TryParse(StringValues header, out long version)
    {
        version = 0;
        return header is [['"', .., '"'] tag]
            && tag.Length is > 2 and <= MaxDigits + 2
            && (tag[1] != '0' || tag.Length == 3)
            && long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }

    private static string Format(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
