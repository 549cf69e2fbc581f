namespace Bench.Runner.Contests;

/// <summary>How long and how often.</summary>
/// <param name="Rounds">How many rounds a contest has at least.</param>
/// <param name="MostRounds">How many it has where an anchor is unsteady.</param>
/// <param name="WarmUp">How long each contender is under load before its figures count.</param>
/// <param name="Window">How long its figures count.</param>
internal sealed record Timing(int Rounds, int MostRounds, TimeSpan WarmUp, TimeSpan Window)
{
    /// <summary>
    /// The duration of the warm-up round: on a machine that is busy with the load itself, JIT compilers take seconds.
    /// </summary>
    public static readonly TimeSpan Rehearsal = TimeSpan.FromSeconds(8);

    /// <summary>A server that has been idle for some seconds is cold again (threads, caches, memory that the host has taken back), and the first contender of a process would pay for all.</summary>
    public static readonly Timing Full = new(5, 10, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));

    public static readonly Timing Quick = new(3, 3, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
}
