namespace SessionCore.Sessions;

/// <summary>How a genuine token stands to its session.</summary>
internal enum TokenStanding
{
    /// <summary>It is the one that counts.</summary>
    Current,

    /// <summary>It was rotated away a moment ago and has its grace.</summary>
    InGrace,

    /// <summary>It was rotated away a moment ago without grace.</summary>
    JustReplaced,

    /// <summary>It was rotated away and comes back after its grace: somebody may hold a copy.</summary>
    Old,
}
