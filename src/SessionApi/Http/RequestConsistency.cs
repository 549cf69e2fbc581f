using System.Globalization;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>The values of <c>Session-Consistency</c>: strong, cached, or max-age with whole seconds.</summary>
internal static class RequestConsistency
{
    private const string MaxAge = "max-age=";
    private const int MaxDigits = 9;

    /// <summary>Reads a value.</summary>
    /// <returns>Null when it is none of them.</returns>
    public static ReadConsistency? Parse(ReadOnlySpan<char> value) => value switch
    {
        "strong" => ReadConsistency.Strong,
        "cached" => ReadConsistency.Cached,
        _ => ParseMaxAge(value),
    };

    private static ReadConsistency? ParseMaxAge(ReadOnlySpan<char> value) =>
        value.StartsWith(MaxAge, StringComparison.Ordinal)
        && value.Length <= MaxAge.Length + MaxDigits
        && int.TryParse(value[MaxAge.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= RequestSeconds.Max
            ? ReadConsistency.Within(TimeSpan.FromSeconds(seconds))
            : null;
}
