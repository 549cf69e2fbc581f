namespace Bench.Runner.Probes;

/// <summary>The system's clock, set back: what is written under it has been written some time ago.</summary>
internal sealed class ShiftedClock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
}
