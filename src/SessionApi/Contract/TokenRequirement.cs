namespace SessionApi.Contract;

/// <summary>How the dispatcher judges a user's token before the handler runs.</summary>
internal enum TokenRequirement
{
    /// <summary>Its session must be live.</summary>
    Live,

    /// <summary>Its session may have ended, which the handler takes as done: signing out twice is fine.</summary>
    LiveOrEnded,

    /// <summary>It must be genuine; the handler's own write finds out about the session, without a second look.</summary>
    Genuine,
}
