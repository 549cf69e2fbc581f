using System.Globalization;
using Azure;

namespace SessionCore.Tables.AzureData;

/// <summary>Reader of the Retry-After header.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Returns the requested delay; null without one.</summary>
    public static TimeSpan? Read(Response? answer)
    {
        if ((Number(answer, "x-ms-retry-after-ms") ?? Number(answer, "retry-after-ms")) is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return Number(answer, "Retry-After") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static int? Number(Response? answer, string name) =>
        answer is not null
        && answer.Headers.TryGetValue(name, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
