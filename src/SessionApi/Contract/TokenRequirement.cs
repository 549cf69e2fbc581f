namespace SessionApi.Contract;

/// <summary>Check of a user's token before the handler runs.</summary>
internal enum TokenRequirement
{
    /// <summary>The session must be live.</summary>
    Live,

    /// <summary>The session may have ended: signing out is idempotent.</summary>
    LiveOrEnded,

    /// <summary>The token must be genuine. The handler's own write determines the state of the session, which saves a read.</summary>
    Genuine,
}
