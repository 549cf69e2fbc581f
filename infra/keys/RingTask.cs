namespace KeyTool;

/// <summary>Which entries a vault must have, and for which app.</summary>
/// <param name="VaultId">Resource id of the vault.</param>
/// <param name="AppId">Resource id of the function app.</param>
/// <param name="Names">Names of the entries of the key ring.</param>
/// <param name="PassportNames">Names of the entries of the keys that sign passports; none where passports are off.</param>
internal sealed record RingTask(string VaultId, string AppId, IReadOnlyList<string> Names, IReadOnlyList<string> PassportNames)
{
    /// <summary>Reads what provisioning has put out: azd hands it to its hooks as variables.</summary>
    /// <exception cref="KeyToolException">A variable is missing.</exception>
    public static RingTask FromEnvironment(Func<string, string?> read) => new(
        Required(read, "SESSION_VAULT_ID"),
        Required(read, "SESSION_APP_ID"),
        Split(Required(read, "SESSION_RING_NAMES")),
        Split(read("SESSION_PASSPORT_RING_NAMES") ?? ""));

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Required(Func<string, string?> read, string name) => read(name) is { Length: > 0 } value
        ? value
        : throw new KeyToolException($"{name} is not set. Run 'azd provision', or 'azd hooks run postprovision' after it.");
}
