namespace SessionApi.Callers;

/// <summary>How a request authenticates; told by the first characters of its credential, before anything is parsed.</summary>
internal enum CredentialScheme
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By a session token.</summary>
    SessionToken,

    /// <summary>By a service key.</summary>
    ServiceKey,

    /// <summary>By something else: an Entra ID token where that is configured, else nothing that is known here.</summary>
    Other,

    /// <summary>By more than one credential.</summary>
    Ambiguous,
}
