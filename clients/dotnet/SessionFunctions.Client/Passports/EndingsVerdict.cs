namespace SessionFunctions.Client.Passports;

/// <summary>What a feed of endings knows of a session.</summary>
public enum EndingsVerdict
{
    /// <summary>The feed is older than allowed, so the session may have ended.</summary>
    Unknown,

    /// <summary>The session had not ended when the feed was complete, which is within the allowed age.</summary>
    NotEnded,

    /// <summary>The session has ended, which no later answer takes back.</summary>
    Ended,
}
