using System.Security.Cryptography;

namespace KeyTool;

/// <summary>Draws the keys that the ring names and the vault lacks. One that is there is never touched.</summary>
internal sealed class RingDrawer(ResourceManager azure, TextWriter output)
{
    private const int KeyBytes = 32;

    public async Task RunAsync(RingTask task, CancellationToken cancellationToken)
    {
        // A failed read ends the run: it must not count as "missing", or a ring would be replaced.
        var known = await azure.ListEntriesAsync(task.VaultId, cancellationToken);
        var missing = task.Names.Where(name => !known.Contains(name)).ToList();
        foreach (var name in task.Names.Where(known.Contains))
        {
            await output.WriteLineAsync($"{name}: exists, unchanged");
        }

        foreach (var name in missing)
        {
            await azure.AddEntryAsync(task.VaultId, name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), cancellationToken);
            await output.WriteLineAsync($"{name}: created");
        }

        if (missing.Count > 0)
        {
            await azure.RefreshReferencesAsync(task.AppId, cancellationToken);
            await output.WriteLineAsync("The app refreshes its vault references.");
        }
    }
}
