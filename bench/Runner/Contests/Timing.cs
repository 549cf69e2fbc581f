namespace Bench.Runner.Contests;

/// <summary>How long and how often.</summary>
internal sealed record Timing(int Rounds, TimeSpan WarmUp, TimeSpan Window)
{
    /// <summary>The round that nobody counts: on a machine that is busy with the load itself, compilers at run time take seconds.</summary>
    public static readonly TimeSpan Rehearsal = TimeSpan.FromSeconds(8);

    public static readonly Timing Full = new(5, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2.5));

    public static readonly Timing Quick = new(3, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
}
