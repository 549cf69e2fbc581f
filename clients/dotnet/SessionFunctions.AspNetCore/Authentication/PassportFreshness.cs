namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The bounds of the age of a feed.</summary>
internal static class PassportFreshness
{
    public const string Fault = "MaxFeedAge must be 1 second to 1 minute.";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static bool IsAllowed(TimeSpan maxFeedAge) => maxFeedAge >= Shortest && maxFeedAge <= Longest;
}
