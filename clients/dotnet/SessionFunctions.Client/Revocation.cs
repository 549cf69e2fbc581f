namespace SessionFunctions.Client;

/// <summary>Result of an end of one or more sessions.</summary>
public sealed record Revocation
{
    /// <summary>Gets the instant by which every server refuses them; null when every server does already.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }
}
