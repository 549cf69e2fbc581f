using SessionFunctions.Client.Passports;

namespace SessionFunctions.Client;

/// <summary>Result of the validation of a token.</summary>
public sealed record Introspection
{
    /// <summary>Gets a value indicating whether the token is that of a live session.</summary>
    public required bool Active { get; init; }

    /// <summary>Gets the session; null when the token is not active.</summary>
    public Session? Session { get; init; }

    /// <summary>Gets a value indicating whether the session is that of <see cref="IntrospectionOptions.Known"/>, with the time that is left now.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Gets what of <see cref="IntrospectionOptions.Requires"/> is not met; null when all is.</summary>
    public SignInRequirement? Insufficient { get; init; }

    /// <summary>Gets the passport that <see cref="IntrospectionOptions.PassportAudience"/> asked for; null when there is none.</summary>
    public IssuedPassport? Passport { get; init; }
}
