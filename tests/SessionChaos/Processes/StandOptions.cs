namespace SessionChaos.Processes;

/// <summary>What a stand is made of.</summary>
internal sealed record StandOptions
{
    /// <summary>Gets the servers.</summary>
    public int Servers { get; init; } = 2;

    /// <summary>Gets the configuration of every server.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
