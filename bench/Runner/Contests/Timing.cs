namespace Bench.Runner.Contests;

/// <summary>How long and how often.</summary>
internal sealed record Timing(int Rounds, TimeSpan WarmUp, TimeSpan Window)
{
    /// <summary>The round that nobody counts: on a machine that is busy with the load itself, compilers at run time take seconds.</summary>
    public static readonly TimeSpan Rehearsal = TimeSpan.FromSeconds(8);

    /// <summary>A server that has been idle for some seconds is cold again (threads, caches, memory that the host has taken back), and the first contender of a process would pay for all.</summary>
    public static readonly Timing Full = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));

    public static readonly Timing Quick = new(3, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
}
