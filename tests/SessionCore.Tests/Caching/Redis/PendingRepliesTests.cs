using SessionCore.Caching.Redis;
using Support.Time;

namespace SessionCore.Tests.Caching.Redis;

public sealed class PendingRepliesTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Tick = Deadline / 8;
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    private readonly ManualTimeProvider _time = new();
    private readonly PendingReplies<int> _replies;

    public PendingRepliesTests() => _replies = new PendingReplies<int>(Deadline, _time);

    public void Dispose() => _replies.Dispose();

    [Fact]
    public async Task A_reply_that_is_there_is_given()
    {
        Assert.Equal(7, await _replies.WaitAsync(Task.FromResult(7), CancellationToken.None));
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task A_reply_that_comes_is_given()
    {
        var reply = new TaskCompletionSource<int>();
        var wait = _replies.WaitAsync(reply.Task, CancellationToken.None).AsTask();
        Assert.False(wait.IsCompleted);

        reply.SetResult(7);

        Assert.Equal(7, await wait);
    }

    [Fact]
    public async Task A_failure_is_given_as_it_came()
    {
        var reply = new TaskCompletionSource<int>();
        var wait = _replies.WaitAsync(reply.Task, CancellationToken.None);

        reply.SetException(new InvalidDataException("it"));

        Assert.Equal("it", (await Assert.ThrowsAsync<InvalidDataException>(async () => await wait)).Message);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task A_wait_ends_not_before_its_deadline_and_at_most_a_tick_after_it(double startsInTick)
    {
        await using var other = Hold();
        _time.Advance(startsInTick * Tick);
        var wait = _replies.WaitAsync(new TaskCompletionSource<int>().Task, CancellationToken.None).AsTask();

        _time.Advance(Deadline - Instant);
        Assert.False(wait.IsCompleted);
        _time.Advance(Tick + Instant);

        await Assert.ThrowsAsync<TimeoutException>(() => wait);
    }

    [Fact]
    public async Task A_wait_of_which_the_caller_leaves_ends_within_a_tick()
    {
        using var left = new CancellationTokenSource();
        var wait = _replies.WaitAsync(new TaskCompletionSource<int>().Task, left.Token).AsTask();

        await left.CancelAsync();
        _time.Advance(Tick);

        Assert.Equal(left.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait)).CancellationToken);
    }

    [Fact]
    public async Task Each_wait_has_its_own_deadline()
    {
        var early = _replies.WaitAsync(new TaskCompletionSource<int>().Task, CancellationToken.None).AsTask();
        _time.Advance(Deadline / 2);
        var answered = new TaskCompletionSource<int>();
        var between = _replies.WaitAsync(answered.Task, CancellationToken.None).AsTask();
        var late = _replies.WaitAsync(new TaskCompletionSource<int>().Task, CancellationToken.None).AsTask();

        answered.SetResult(1);
        _time.Advance((Deadline / 2) + Tick);
        await Assert.ThrowsAsync<TimeoutException>(() => early);
        Assert.Equal(1, await between);
        Assert.False(late.IsCompleted);
        _time.Advance(Deadline / 2);

        await Assert.ThrowsAsync<TimeoutException>(() => late);
    }

    [Fact]
    public async Task A_reply_after_the_deadline_reaches_nobody_else()
    {
        var late = new TaskCompletionSource<int>();
        var given = _replies.WaitAsync(late.Task, CancellationToken.None).AsTask();
        _time.Advance(Deadline + Tick);
        await Assert.ThrowsAsync<TimeoutException>(() => given);
        var next = new TaskCompletionSource<int>();
        var wait = _replies.WaitAsync(next.Task, CancellationToken.None).AsTask();

        late.SetResult(1);
        Assert.False(wait.IsCompleted);
        next.SetResult(2);

        Assert.Equal(2, await wait);
    }

    [Fact]
    public async Task The_timer_sleeps_while_nothing_is_pending()
    {
        Assert.Equal(0, _time.ActiveTimers);

        await using (Hold())
        {
            Assert.Equal(1, _time.ActiveTimers);
            _time.Advance(Tick);
        }

        _time.Advance(Tick);
        Assert.Equal(0, _time.ActiveTimers);
        await using var again = Hold();
        Assert.Equal(1, _time.ActiveTimers);
    }

    [Fact]
    public Task A_wait_allocates_nothing_once_it_is_warm() => Task.Run(() =>
    {
        // On the pool, where an answer runs what waits for it at once, as in a host.
        const int Waits = 1_000;
        var replies = Enumerable.Range(0, 2 * Waits).Select(_ => new TaskCompletionSource<int>()).ToArray();
        Answer(replies.AsSpan(0, Waits));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Answer(replies.AsSpan(Waits));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Answer(ReadOnlySpan<TaskCompletionSource<int>> sources)
        {
            foreach (var source in sources)
            {
                var wait = _replies.WaitAsync(source.Task, CancellationToken.None);
                source.SetResult(1);
#pragma warning disable CA2012 // complete, and read once: a test of what the wait itself costs
                _ = wait.GetAwaiter().GetResult();
#pragma warning restore CA2012
            }
        }
    });

    [Fact]
    public async Task Replies_deadlines_and_leavings_at_once_end_each_wait_once_with_its_own_answer()
    {
        using var replies = new PendingReplies<int>(TimeSpan.FromMilliseconds(8), TimeProvider.System);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => WorkAsync(replies, worker))));

        Assert.Equal(8 * 2_000, outcomes.Sum(outcome => outcome.Answered + outcome.TimedOut + outcome.Cancelled));
        Assert.All(outcomes, outcome => Assert.Equal(0, outcome.Wrong));
        Assert.True(outcomes.Sum(outcome => outcome.Answered) > 0);
        Assert.True(outcomes.Sum(outcome => outcome.TimedOut) > 0);
    }

    private static async Task<(int Answered, int TimedOut, int Cancelled, int Wrong)> WorkAsync(PendingReplies<int> replies, int worker)
    {
        var result = (Answered: 0, TimedOut: 0, Cancelled: 0, Wrong: 0);
        for (var i = 0; i < 2_000; i++)
        {
            using var left = new CancellationTokenSource();
            var reply = new TaskCompletionSource<int>();
            var expected = (worker * 10_000) + i;
            var wait = replies.WaitAsync(reply.Task, left.Token);
            var answer = (i % 100) switch
            {
                0 => Task.Delay(TimeSpan.FromMilliseconds(9), TimeProvider.System, CancellationToken.None).ContinueWith(_ => reply.TrySetResult(expected), TaskScheduler.Default),
                1 => left.CancelAsync(),
                2 => Task.CompletedTask, // never answered
                _ => Task.Run(() => reply.TrySetResult(expected)),
            };
            try
            {
                result.Wrong += await wait == expected ? 0 : 1;
                result.Answered++;
            }
            catch (TimeoutException)
            {
                result.TimedOut++;
            }
            catch (OperationCanceledException)
            {
                result.Cancelled++;
            }

            await answer;
        }

        return result;
    }

    private Held Hold()
    {
        var reply = new TaskCompletionSource<int>();
        return new Held(reply, _replies.WaitAsync(reply.Task, CancellationToken.None).AsTask());
    }

    private sealed class Held(TaskCompletionSource<int> reply, Task<int> wait) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            reply.TrySetResult(0);
            await ((Task)wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
