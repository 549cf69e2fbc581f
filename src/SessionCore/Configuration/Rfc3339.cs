using System.Globalization;

namespace SessionCore.Configuration;

/// <summary>Parser of instants in requests and options: <c>date-time</c> of RFC 3339 section 5.6.</summary>
public static class Rfc3339
{
    /// <summary>The maximum length; longer text is refused.</summary>
    public const int MaxCharacters = 64;

    private const int DateTimeLength = 19; // 2030-01-31T23:59:59
    private const int TickDigits = 7;

    /// <summary>
    /// Reads an instant. The fraction is truncated to 100 ns; a leap second becomes the first second of the next day.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is <= DateTimeLength or > MaxCharacters
            || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':'
            || !TryReadDate(text, out var date)
            || !TryRead(text.Slice(11, 2), 0, 23, out var hour)
            || !TryRead(text.Slice(14, 2), 0, 59, out var minute)
            || !TryRead(text.Slice(17, 2), 0, 60, out var second)
            || !TryReadFraction(text[DateTimeLength..], out var fraction, out var rest)
            || !TryReadOffset(rest, out var offset))
        {
            return false;
        }

        var ticks = date.Ticks + new TimeSpan(hour, minute, Math.Min(second, 59)).Ticks - offset.Ticks;
        var isLeap = second == 60;
        if (isLeap && !IsLastSecondOfMonth(ticks))
        {
            return false;
        }

        ticks += fraction + (isLeap ? TimeSpan.TicksPerSecond : 0);
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryReadDate(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        if (!TryRead(text[..4], 1, 9999, out var year)
            || !TryRead(text.Slice(5, 2), 1, 12, out var month)
            || !TryRead(text.Slice(8, 2), 1, DateTime.DaysInMonth(year, month), out var day))
        {
            return false;
        }

        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    private static bool TryReadFraction(ReadOnlySpan<char> text, out long ticks, out ReadOnlySpan<char> rest)
    {
        ticks = 0;
        rest = text;
        if (text[0] != '.')
        {
            return true;
        }

        var length = text[1..].IndexOfAnyExceptInRange('0', '9');
        if (length <= 0)
        {
            return false;
        }

        for (var i = 1; i <= TickDigits; i++)
        {
            ticks = (ticks * 10) + (i <= length ? text[i] - '0' : 0);
        }

        rest = text[(length + 1)..];
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is ['Z' or 'z'])
        {
            return true;
        }

        if (text is not ['+' or '-', _, _, ':', _, _] || !TryRead(text.Slice(1, 2), 0, 23, out var hours) || !TryRead(text[4..], 0, 59, out var minutes))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    // Where leap seconds are inserted (ITU-R TF.460-6 section 2.1).
    private static bool IsLastSecondOfMonth(long ticks) =>
        ticks >= 0 && ticks < DateTime.MaxValue.Ticks - TimeSpan.TicksPerSecond
        && new DateTime(ticks + TimeSpan.TicksPerSecond, DateTimeKind.Utc) is { Day: 1, TimeOfDay.Ticks: 0 };

    private static bool TryRead(ReadOnlySpan<char> digits, int min, int max, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;
}
