using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SessionCore.Configuration;

/// <summary>
/// Parser of durations in configuration: <c>d.hh:mm:ss</c> with hours below 24, or ISO 8601 with days, hours, minutes and seconds. The
/// parser of .NET reads <c>24:00:00</c> and <c>24</c> as 24 days.
/// </summary>
internal static partial class Duration
{
    private const string Forms = "Write d.hh:mm:ss, such as 1.00:00:00 for a day, or ISO 8601, such as PT24H.";

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text, without white space around it.</param>
    /// <param name="value">The duration; never negative.</param>
    /// <returns>Null on success, otherwise the fault and the text to write instead.</returns>
    public static string? Read(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (Clock().Match(text) is { Success: true } clock)
        {
            return ReadClock(clock, ref value);
        }

        if (Iso().Match(text) is { Success: true } iso)
        {
            value = Sum(7 * Number(iso, "w") + Number(iso, "d"), Number(iso, "h"), Number(iso, "m"), Number(iso, "s"), iso.Groups["f"].ValueSpan);
            return null;
        }

        return Bare().IsMatch(text)
            ? $"has no unit. Write PT{text}S for seconds, PT{text}M for minutes, PT{text}H for hours or P{text}D for days."
            : $"is not a duration. {Forms}";
    }

    private static string? ReadClock(Match clock, ref TimeSpan value)
    {
        var (hours, minutes, seconds) = (Number(clock, "h"), Number(clock, "m"), Number(clock, "s"));
        if (minutes > 59 || seconds > 59)
        {
            return $"has {(minutes > 59 ? "minutes" : "seconds")} above 59. {Forms}";
        }

        var total = Sum(Number(clock, "d"), hours, minutes, seconds, clock.Groups["f"].ValueSpan);
        if (hours > 23)
        {
            return $"has {hours} hours, and hours must be below 24. Write {total.ToString("c", CultureInfo.InvariantCulture)} or {ToIso(total)}.";
        }

        value = total;
        return null;
    }

    private static long Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? long.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    // The patterns admit at most six digits a part, far from the limits of a TimeSpan.
    private static TimeSpan Sum(long days, long hours, long minutes, long seconds, ReadOnlySpan<char> fraction)
    {
        Span<char> digits = stackalloc char[7];
        digits.Fill('0');
        fraction.CopyTo(digits);
        return new TimeSpan(
            ((((((days * 24) + hours) * 60) + minutes) * 60) + seconds) * TimeSpan.TicksPerSecond
            + long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static string ToIso(TimeSpan value)
    {
        var text = new StringBuilder("PT");
        text.Append(CultureInfo.InvariantCulture, $"{(long)value.TotalHours}H");
        if (value.Minutes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value.Minutes}M");
        }

        var ticks = value.Ticks % TimeSpan.TicksPerMinute;
        if (ticks > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(decimal)ticks / TimeSpan.TicksPerSecond:0.#######}S");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,6})\.)?(?<h>[0-9]{1,6}):(?<m>[0-9]{2}):(?<s>[0-9]{2})(?:\.(?<f>[0-9]{1,7}))?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Clock();

    // Years and months have no fixed length.
    [GeneratedRegex(
        @"\AP(?:(?<w>[0-9]{1,4})W|(?<d>[0-9]{1,6})D|(?:(?<d>[0-9]{1,6})D)?T(?:(?<h>[0-9]{1,6})H(?:(?<m>[0-9]{1,6})M)?(?:(?<s>[0-9]{1,6})(?:\.(?<f>[0-9]{1,7}))?S)?|(?<m>[0-9]{1,6})M(?:(?<s>[0-9]{1,6})(?:\.(?<f>[0-9]{1,7}))?S)?|(?<s>[0-9]{1,6})(?:\.(?<f>[0-9]{1,7}))?S))\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex Iso();

    [GeneratedRegex(@"\A[0-9]{1,9}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Bare();
}
