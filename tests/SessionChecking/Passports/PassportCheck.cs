using System.Globalization;

namespace SessionChecking.Passports;

/// <summary>Runs histories of passports.</summary>
internal static class PassportCheck
{
    private const ulong Default = 1_000;

    /// <summary>Runs them one after the other.</summary>
    /// <param name="histories">How many; null for the default.</param>
    /// <param name="firstSeed">The first seed; null for 1.</param>
    /// <param name="output">Receives what is found.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ulong? histories, ulong? firstSeed, TextWriter output)
    {
        var (count, first) = (histories ?? Default, firstSeed ?? 1);
        var (accepted, reused) = (0L, 0L);
        for (var seed = first; seed < first + count; seed++)
        {
            var history = new PassportHistory(seed);
            if (await history.RunAsync() is { Count: > 0 } breaches)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"BROKEN with --seed {seed}: {breaches[0]}"));
                return 1;
            }

            accepted += history.Accepted;
            reused += history.Reused;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} histories of passports, {accepted} accepted, none too late; {reused} given again, none after a change"));
        return 0;
    }
}
