using System.Globalization;

namespace SessionChecking.Jobs;

/// <summary>Result of the proof.</summary>
/// <param name="Sessions">The sessions in the table.</param>
/// <param name="Wanted">Those that fit the filter.</param>
/// <param name="Kills">The processes killed.</param>
/// <param name="Interrupted">Those that were killed before the job was finished.</param>
/// <param name="DryRun">How long the dry run took, by one process.</param>
/// <param name="Elapsed">How long everything took.</param>
/// <param name="Heaps">Bytes of the managed heap of the processes, every 200 ms.</param>
internal sealed record KilledJobReport(int Sessions, int Wanted, int Kills, int Interrupted, TimeSpan DryRun, TimeSpan Elapsed, IReadOnlyList<long> Heaps)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Gets what did not hold.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Sessions} sessions, {Wanted} fit; {Kills} processes killed, {Interrupted} before the end
        dry run {DryRun.TotalSeconds:f1} s ({Sessions / DryRun.TotalSeconds:f0} sessions a second), all {Elapsed.TotalSeconds:f1} s
        managed heap at most {Heaps.DefaultIfEmpty().Max() / Megabyte:f0} MB
        {(Faults.Count == 0 ? "Exactly those that fit have ended, each once." : string.Join('\n', Faults))}
        """);
}
