namespace SessionChaos.LostAnswers;

/// <summary>The system's clock, which can be put forward; timers run as ever.</summary>
internal sealed class AdvancingClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}
