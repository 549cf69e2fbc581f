namespace SessionApi.Http;

/// <summary>Reader of durations in a request: whole seconds.</summary>
internal static class RequestSeconds
{
    /// <summary>Ten years: longer than any policy allows, and within the range of a time.</summary>
    public const long Max = 315_360_000;

    /// <summary>Reads a duration that must be positive, or null.</summary>
    public static TimeSpan? ReadPositive(ref StrictJsonReader reader) => Read(ref reader, 1, $"must be 1 to {Max} seconds");

    /// <summary>Reads a duration, or null; zero and negative values mean "now".</summary>
    public static TimeSpan? ReadAny(ref StrictJsonReader reader) => Read(ref reader, long.MinValue, $"must be at most {Max} seconds");

    private static TimeSpan? Read(ref StrictJsonReader reader, long min, string what)
    {
        if (reader.ReadInteger() is not { } seconds)
        {
            return null;
        }

        if (seconds >= min && seconds <= Max)
        {
            return TimeSpan.FromSeconds(Math.Max(seconds, 0));
        }

        reader.FailMember(what);
        return null;
    }
}
