using System.Globalization;
using SessionApi.Bodies;
using SessionApi.Problems;

namespace SessionApi.Maintenance;

/// <summary>The body that says before which instant sessions end.</summary>
internal static class RevokeBeforeRequest
{
    // An instant to come would end sessions that are yet to be created, and it never moves back.
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(1);

    private static readonly MemberNames Members = new("instant");

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    public static DateTimeOffset Read(ReadOnlyMemory<byte> json, DateTimeOffset now, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        DateTimeOffset? instant = null;
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            instant = ReadInstant(ref reader, now);
        }

        fault = reader.Fault ?? (instant is null ? SessionProblems.Member("#/instant", "The member is required.") : null);
        return instant ?? default;
    }

    private static DateTimeOffset? ReadInstant(ref StrictJsonReader reader, DateTimeOffset now)
    {
        if (reader.ReadText(1, 64) is not { } text)
        {
            return null;
        }

        if (!DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            reader.FailMember("must be a time as RFC 3339 writes it");
            return null;
        }

        if (instant < DateTimeOffset.UnixEpoch || instant > now + MaxAhead)
        {
            reader.FailMember("must lie between 1970 and a minute from now");
            return null;
        }

        return instant;
    }
}
