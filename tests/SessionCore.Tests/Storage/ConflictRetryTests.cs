using SessionCore.Storage;
using SessionCore.Tables;
using Support.Time;

namespace SessionCore.Tests.Storage;

/// <summary>A conditional write is tried again a bounded number of times, with a growing random delay.</summary>
public sealed class ConflictRetryTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task All_attempts_are_made_and_then_the_store_is_unavailable()
    {
        var attempts = 0;

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (var retry = new ConflictRetry(timeProvider: null, "The row", maxAttempts: 3); ; await retry.NextAsync(CancellationToken.None))
            {
                attempts++;
                Assert.Equal(attempts, retry.Attempt);
            }
        });

        Assert.Equal(3, attempts);
        Assert.Equal("The row was changed by other writers during all 3 attempts. Try again.", refusal.Message);
    }

    [Fact]
    public async Task A_caller_may_be_told_of_the_end_without_an_exception()
    {
        var retry = new ConflictRetry(timeProvider: null, "The row", maxAttempts: 2);

        Assert.True(await retry.TryNextAsync(CancellationToken.None));
        Assert.False(await retry.TryNextAsync(CancellationToken.None));
        Assert.Equal(2, retry.Attempt);
    }

    [Fact]
    public async Task The_first_delay_is_from_1_to_7_milliseconds()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.InRange(await DelayAsync(new ConflictRetry(_clock, "The row")), 1, 7);
        }
    }

    [Fact]
    public async Task Delays_grow_and_stay_below_80_milliseconds()
    {
        var retry = new ConflictRetry(_clock, "The row");
        var delays = new List<int>();
        while (retry.Attempt < ConflictRetry.DefaultAttempts)
        {
            delays.Add(await DelayAsync(retry));
        }

        Assert.Equal(59, delays.Count);
        Assert.All(delays, delay => Assert.InRange(delay, 1, 79));
        Assert.Contains(delays, delay => delay > 40); // each of 40 random delays below 80 ms is at most 40 ms: one case in 10^12
    }

    [Fact]
    public async Task A_cancelled_delay_begins_no_attempt()
    {
        using var cancellation = new CancellationTokenSource();
        var retry = new ConflictRetry(_clock, "The row");
        var next = retry.NextAsync(cancellation.Token).AsTask();
        Assert.Equal(1, _clock.ActiveTimers);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(1, retry.Attempt);
    }

    // The milliseconds until the next attempt begins.
    private async Task<int> DelayAsync(ConflictRetry retry)
    {
        var attempt = retry.Attempt;
        var next = retry.NextAsync(CancellationToken.None).AsTask();
        var milliseconds = 0;
        for (; _clock.ActiveTimers > 0; milliseconds++)
        {
            Assert.Equal(attempt, retry.Attempt);
            _clock.Advance(Step);
        }

        await next;
        return milliseconds;
    }
}
