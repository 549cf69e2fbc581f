using SessionHosting.Events;

namespace SessionServer.Tests.Events;

/// <summary>What becomes of hints until the loop takes them.</summary>
public sealed class LoopHintsTests
{
    private readonly LoopHints _hints = new();

    [Fact]
    public async Task Hints_that_are_not_taken_yet_are_one_with_the_lanes_of_all()
    {
        foreach (var lane in new[] { 3, 1, 3, 1 })
        {
            _hints.Committed(lane);
        }

        Assert.Equal([1, 3], await TakeAsync());
        Assert.False(TakeAsync().IsCompleted);
    }

    [Fact]
    public async Task A_hint_wakes_who_waits_and_the_next_one_does_again()
    {
        for (var lane = 0; lane < 4; lane++)
        {
            var waiting = TakeAsync();
            Assert.False(waiting.IsCompleted);
            _hints.Committed(lane);
            Assert.Equal([lane], await waiting);
        }
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_takes_no_hint_with_it()
    {
        using var stop = new CancellationTokenSource();
        var waiting = _hints.TakeAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        _hints.Committed(2);

        Assert.Equal([2], await TakeAsync());
    }

    [Fact]
    public async Task No_hint_of_many_threads_is_lost()
    {
        var (given, seen) = (new int[4], new int[4]);
        using var stop = new CancellationTokenSource();
        var taking = Task.Run(async () =>
        {
            while (seen.Sum() < 4_000)
            {
                foreach (var lane in await _hints.TakeAsync(stop.Token))
                {
                    Volatile.Write(ref seen[lane], Volatile.Read(ref given[lane]));
                }
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(lane => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                Interlocked.Increment(ref given[lane]);
                _hints.Committed(lane);
            }
        })));

        stop.CancelAfter(TimeSpan.FromSeconds(30));
        await taking;
    }

    private Task<IReadOnlyCollection<int>> TakeAsync() => _hints.TakeAsync(CancellationToken.None);
}
