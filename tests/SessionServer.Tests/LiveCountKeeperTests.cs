using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Maintenance;
using SessionCore.Tables;
using SessionHosting;
using Support;
using Support.Tables;
using Support.Time;

namespace SessionServer.Tests;

/// <summary>When an instance adds to the count of live sessions, under a clock of the test's.</summary>
public sealed class LiveCountKeeperTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly CoreHarness _core;
    private readonly LiveCountKeeper _keeper;
    private TaskCompletionSource _written = NewSignal();
    private bool _isDown;

    public LiveCountKeeperTests()
    {
        _core = new CoreHarness(new SessionTables(new InMemoryTable("sessions", AtAsync), new InMemoryTable("sessiondue")), cache: null, _time);
        _keeper = new LiveCountKeeper(_core.Maintenance, _time, NullLogger<LiveCountKeeper>.Instance);
    }

    public async Task InitializeAsync()
    {
        await _core.Maintenance.RebuildAsync(RunStart.Demanded, CancellationToken.None);
        await _keeper.StartAsync(CancellationToken.None);

        // It has begun on another thread; it is where it waits once its timer is there.
        while (_time.ActiveTimers == 0)
        {
            await Task.Yield();
        }
    }

    public async Task DisposeAsync()
    {
        await _keeper.StopAsync(CancellationToken.None);
        _keeper.Dispose();
        await _core.DisposeAsync();
    }

    [Fact]
    public async Task It_adds_once_a_minute()
    {
        await _core.CreateAsync();
        Assert.Equal(0, await LiveAsync());

        await AdvanceUntilLiveAsync(1);
    }

    [Fact]
    public async Task It_adds_when_the_host_stops()
    {
        await _core.CreateAsync();

        await _keeper.StopAsync(CancellationToken.None);

        Assert.Equal(1, await LiveAsync());
    }

    [Fact]
    public async Task A_store_that_is_down_ends_neither_the_host_nor_the_count()
    {
        await _core.CreateAsync();
        _isDown = true;
        _written = NewSignal();
        _time.Advance(TimeSpan.FromMinutes(1));
        await _written.Task;
        _isDown = false;

        await AdvanceUntilLiveAsync(1);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ValueTask AtAsync(TableOperation operation)
    {
        _written.TrySetResult();
        return _isDown ? throw new StoreUnavailableException("down") : ValueTask.CompletedTask;
    }

    private async Task<long?> LiveAsync() => (await _core.Maintenance.GetStatusAsync(CancellationToken.None)).Sessions?.Live;

    private async Task AdvanceUntilLiveAsync(long live)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await LiveAsync() != live)
        {
            Assert.False(limit.IsCancellationRequested, "The count never became what it should.");
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }
}
