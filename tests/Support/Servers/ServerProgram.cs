namespace Support.Servers;

/// <summary>What to start as a server.</summary>
/// <param name="Name">The program, found on the PATH.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="HowToInstall">What to tell when the program is not there or does not answer.</param>
public sealed record ServerProgram(string Name, IReadOnlyList<string> Arguments, string HowToInstall)
{
    /// <summary>Gets the environment variables that it gets in addition to ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the folder it runs in; null for ours.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Gets the callback for each line of output, on any thread; null for none.</summary>
    public Action<string>? OnLine { get; init; }
}
