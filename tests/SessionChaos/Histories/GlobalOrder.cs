using SessionChecking.Schedules;

namespace SessionChaos.Histories;

/// <summary>Puts everything that happened in all processes into one order: they share the machine's monotonic clock.</summary>
internal sealed class GlobalOrder : IMoments
{
    private readonly long[] _instants;
    private readonly long _origin;
    private readonly DateTimeOffset _originTime;
    private long _current;

    /// <summary>Makes the order.</summary>
    /// <param name="instants">When things happened.</param>
    /// <param name="origin">An instant, and</param>
    /// <param name="originTime">what the system's clock showed then.</param>
    public GlobalOrder(IEnumerable<long> instants, long origin, DateTimeOffset originTime)
    {
        _instants = [.. instants.Distinct().Order()];
        _origin = origin;
        _originTime = originTime;
    }

    public int Step => MomentOf(_current);

    public int NextMoment => MomentOf(_current);

    public DateTimeOffset Now => TimeOf(_current);

    /// <summary>Says what is happening now.</summary>
    public void GoTo(long instant) => _current = instant;

    /// <summary>The place of an instant in the order; the largest number for what never happened.</summary>
    public int MomentOf(long instant) => instant == long.MaxValue ? int.MaxValue : Array.BinarySearch(_instants, instant) switch
    {
        >= 0 and var place => place + 1,
        _ => throw new ArgumentOutOfRangeException(nameof(instant), instant, "Nothing is known of that instant."),
    };

    /// <summary>What the system's clock showed.</summary>
    public DateTimeOffset TimeOf(long instant) =>
        instant == long.MaxValue ? DateTimeOffset.MaxValue : _originTime + TimeProvider.System.GetElapsedTime(_origin, instant);
}
