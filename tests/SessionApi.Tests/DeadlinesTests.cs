using Support.Time;

namespace SessionApi.Tests;

public sealed class DeadlinesTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    private readonly ManualTimeProvider _clock = new();
    private readonly Deadlines _deadlines;

    public DeadlinesTests() => _deadlines = new Deadlines(Time, _clock);

    [Fact]
    public void A_request_has_its_time_and_no_more()
    {
        var token = _deadlines.Begin();
        _clock.Advance(Time - TimeSpan.FromTicks(1));
        Assert.False(token.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public void Requests_of_one_window_share_a_deadline_that_is_nobodys_too_late()
    {
        var first = _deadlines.Begin();
        _clock.Advance(Deadlines.WindowOf(Time) - TimeSpan.FromTicks(1));
        Assert.Equal(first, _deadlines.Begin());
    }

    [Fact]
    public void A_request_of_the_next_window_has_its_own_time()
    {
        var first = _deadlines.Begin();
        _clock.Advance(Deadlines.WindowOf(Time));
        var next = _deadlines.Begin();
        _clock.Advance(Time - Deadlines.WindowOf(Time));
        Assert.True(first.IsCancellationRequested);
        Assert.False(next.IsCancellationRequested);
    }

    [Theory]
    [InlineData(3_000, 187.5)]
    [InlineData(225_000, 250)]
    public void A_window_is_a_sixteenth_of_the_time_and_never_long(int timeMilliseconds, double windowMilliseconds) =>
        Assert.Equal(windowMilliseconds, Deadlines.WindowOf(TimeSpan.FromMilliseconds(timeMilliseconds)).TotalMilliseconds);
}
