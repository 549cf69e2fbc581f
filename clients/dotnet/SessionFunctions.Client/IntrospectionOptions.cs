namespace SessionFunctions.Client;

/// <summary>How a token is validated.</summary>
public sealed record IntrospectionOptions
{
    /// <summary>Gets a value indicating whether the call counts as activity of the user, which is the default.</summary>
    public bool Touch { get; init; } = true;

    /// <summary>Gets the address of the user.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Gets what the sign-in of the user must meet; null for nothing.</summary>
    public SignInRequirement? Requires { get; init; }

    /// <summary>Gets how old the answer may be; null for the cache's own bound.</summary>
    public ReadConsistency? Consistency { get; init; }

    /// <summary>Gets the audience of a passport to issue with the answer; null for none. The API must grant it to this service.</summary>
    public string? PassportAudience { get; init; }

    /// <summary>
    /// Gets the session of the same token as an earlier introspection told it; null for none. It is not transferred and read again while its version
    /// stays. The token is validated all the same.
    /// </summary>
    public Session? Known { get; init; }
}
