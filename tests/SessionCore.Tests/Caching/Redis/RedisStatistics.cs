using System.Globalization;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>Reads what <c>INFO commandstats</c> says.</summary>
internal static class RedisStatistics
{
    /// <summary>How often a command has been called; 0 when it is not there.</summary>
    public static long CallsOf(string command, string? statistics)
    {
        var label = $"cmdstat_{command}:calls=";
        var start = statistics?.IndexOf(label, StringComparison.Ordinal) ?? -1;
        return start < 0 ? 0 : long.Parse(statistics.AsSpan(start + label.Length, statistics!.IndexOf(',', start) - start - label.Length), CultureInfo.InvariantCulture);
    }
}
