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
    public void Requests_of_one_moment_share_a_deadline_that_is_nobodys_too_late()
    {
        var first = _deadlines.Begin();
        _clock.Advance(Deadlines.MomentOf(Time) - TimeSpan.FromTicks(1));
        Assert.Equal(first, _deadlines.Begin());
    }

    [Fact]
    public void A_request_of_the_next_moment_has_its_own_time()
    {
        var first = _deadlines.Begin();
        _clock.Advance(Deadlines.MomentOf(Time));
        var next = _deadlines.Begin();
        _clock.Advance(Time - Deadlines.MomentOf(Time));
        Assert.True(first.IsCancellationRequested);
        Assert.False(next.IsCancellationRequested);
    }

    [Theory]
    [InlineData(3_000, 187.5)]
    [InlineData(225_000, 250)]
    public void A_moment_is_a_sixteenth_of_the_time_and_never_long(int timeMilliseconds, double momentMilliseconds) =>
        Assert.Equal(momentMilliseconds, Deadlines.MomentOf(TimeSpan.FromMilliseconds(timeMilliseconds)).TotalMilliseconds);
}
