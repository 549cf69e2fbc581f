using SessionCore.Sessions;
using Support.Time;

namespace SessionCore.Tests.Sessions;

/// <summary>Times of sessions are UTC with millisecond precision.</summary>
public sealed class SessionClockTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9_999, 0)]
    [InlineData(10_000, 10_000)]
    [InlineData(12_345, 10_000)]
    public void A_time_is_truncated_to_the_millisecond(long ticks, long expected) =>
        Assert.Equal(Noon.AddTicks(expected), SessionClock.Truncate(Noon.AddTicks(ticks)));

    [Fact]
    public void A_truncated_time_is_in_UTC()
    {
        var time = SessionClock.Truncate(new DateTimeOffset(2030, 1, 1, 14, 0, 0, TimeSpan.FromHours(2)));

        Assert.Equal(Noon, time);
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Fact]
    public void The_current_time_is_that_of_the_clock_truncated() =>
        Assert.Equal(Noon.AddMilliseconds(7), new ManualTimeProvider(Noon.AddMilliseconds(7).AddTicks(1)).GetSessionTime());
}
