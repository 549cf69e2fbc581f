using System.Security.Cryptography;
using SessionApi.Passports;

namespace KeyTool;

/// <summary>Draws the keys that the configuration names and the vault lacks. One that is there is never touched.</summary>
internal sealed class RingDrawer(ResourceManager azure, TextWriter output)
{
    private const int KeyBytes = 32;

    public async Task RunAsync(RingTask task, CancellationToken cancellationToken)
    {
        // A failed read ends the run: it must not count as "missing", or a ring would be replaced.
        var known = await azure.ListEntriesAsync(task.VaultId, cancellationToken);
        var drawn = await AddMissingAsync(task.VaultId, known, task.Names, DrawRingKey, "32 bytes, base64", cancellationToken)
            + await AddMissingAsync(task.VaultId, known, task.PassportNames, static () => PassportKeyOptions.New().Key, "P-256 private key, PKCS#8, base64", cancellationToken);
        if (drawn > 0)
        {
            await azure.RefreshReferencesAsync(task.AppId, cancellationToken);
            await output.WriteLineAsync("The app refreshes its vault references.");
        }
    }

    private static string DrawRingKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    private async Task<int> AddMissingAsync(
        string vaultId, IReadOnlySet<string> known, IReadOnlyList<string> names, Func<string> draw, string contentType, CancellationToken cancellationToken)
    {
        var missing = names.Where(name => !known.Contains(name)).ToList();
        foreach (var name in names.Where(known.Contains))
        {
            await output.WriteLineAsync($"{name}: exists, unchanged");
        }

        foreach (var name in missing)
        {
            await azure.AddEntryAsync(vaultId, name, draw(), contentType, cancellationToken);
            await output.WriteLineAsync($"{name}: created");
        }

        return missing.Count;
    }
}
