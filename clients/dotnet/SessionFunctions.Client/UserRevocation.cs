namespace SessionFunctions.Client;

/// <summary>Result of a sign-out everywhere.</summary>
public sealed record UserRevocation
{
    /// <summary>Gets the number of sessions that ended.</summary>
    public required long Ended { get; init; }

    /// <summary>Gets the instant by which every server refuses them; null when every server does already.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }
}
