using System.Diagnostics;
using System.Globalization;
using SessionChecking.Running;
using SessionCore.Tables;

namespace SessionChecking.Events;

/// <summary>Runs histories of events.</summary>
internal static class EventCheck
{
    private const int MostShown = 3;

    /// <summary>Runs them one after the other: those of even seeds with the event log and a reader of it.</summary>
    /// <param name="histories">How many.</param>
    /// <param name="firstSeed">The first seed; null for 1.</param>
    /// <param name="output">Receives progress and what is found.</param>
    /// <param name="plant">Puts a fault beneath the core; null for none.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ulong histories, ulong? firstSeed, TextWriter output, Func<SessionTables, SessionTables>? plant = null)
    {
        var (count, first) = ((int)Math.Min(histories, int.MaxValue), firstSeed ?? 1);
        var bar = new ProgressBar(output, count, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
        var clock = Stopwatch.StartNew();
        var (committed, delivered) = (0L, 0L);
        for (var done = 0; done < count; done++)
        {
            var seed = first + (ulong)done;
            var history = new EventHistory(seed, plant, withLog: seed % 2 == 0);
            if (await history.RunAsync() is { Count: > 0 } breaches)
            {
                await output.WriteLineAsync();
                foreach (var breach in breaches.Take(MostShown))
                {
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"BROKEN with --events 1 --seed {seed}: {breach}"));
                }

                return 1;
            }

            committed += history.Committed;
            delivered += history.Delivered;
            bar.Show(done + 1);
        }

        var seconds = Math.Max(clock.Elapsed.TotalSeconds, 0.001);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} histories of events from seed {first} on, {committed:N0} events committed, {delivered:N0} deliveries: none lost, invented or out of order. {seconds:0.0} s"));
        return 0;
    }
}
