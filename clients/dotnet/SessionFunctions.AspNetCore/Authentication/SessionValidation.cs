namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>How requests with a token are validated.</summary>
public enum SessionValidation
{
    /// <summary>Every request asks the API: an end holds from the next request on. The default.</summary>
    Online,

    /// <summary>
    /// A request in a minute asks the API, and the feed of endings tells what ended meanwhile: an end holds within
    /// <see cref="SessionsAuthenticationOptions.MaxFeedAge"/>.
    /// </summary>
    Passport,
}
