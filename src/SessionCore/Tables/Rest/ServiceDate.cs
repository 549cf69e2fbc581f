using System.Globalization;

namespace SessionCore.Tables.Rest;

/// <summary>The date header of a request (RFC 9110 section 5.6.7), formatted once a second.</summary>
internal sealed class ServiceDate(TimeProvider timeProvider)
{
    private Stamp _stamp = new(Second: -1, Text: string.Empty);

    public string Now()
    {
        var now = timeProvider.GetUtcNow();
        var second = now.ToUnixTimeSeconds();
        var stamp = Volatile.Read(ref _stamp);
        if (stamp.Second != second)
        {
            stamp = new Stamp(second, now.ToString("R", CultureInfo.InvariantCulture));
            Volatile.Write(ref _stamp, stamp);
        }

        return stamp.Text;
    }

    private sealed record Stamp(long Second, string Text);
}
