using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SessionCore.Maintenance;
using SessionCore.Tables;
using Support;
using Support.Tables;
using Support.Time;

namespace SessionServer.Tests;

/// <summary>The timers of the Kestrel host, under a clock of the test's.</summary>
public sealed class TimedMaintenanceTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly MaintenanceOptions _options = new() { StartDelayMax = TimeSpan.Zero, PurgeInterval = TimeSpan.FromMinutes(5) };
    private readonly Lifetime _lifetime = new();
    private readonly CoreHarness _core;
    private readonly CountingTable _sessions;
    private TimedMaintenance? _timers;
    private bool _isDown;

    public TimedMaintenanceTests()
    {
        _sessions = new CountingTable(new InMemoryTable("sessions", _ => _isDown ? throw new StoreUnavailableException("down") : ValueTask.CompletedTask));
        _core = new CoreHarness(new SessionTables(_sessions, new InMemoryTable("sessiondue")), cache: null, _time);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await (_timers?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
        _timers?.Dispose();
        _lifetime.Dispose();
        await _core.DisposeAsync();
    }

    [Fact]
    public async Task Purge_and_rebuild_run_after_the_delay_and_status_tells_the_next_run()
    {
        var start = _time.GetUtcNow();
        _options.StartDelayMax = TimeSpan.FromSeconds(30);
        await StartAsync();
        Assert.Equal(0, _sessions.TotalCalls);

        _time.Advance(_options.StartDelayMax);
        var status = await UntilAsync(now => now is { Purge.IsFinished: true, Rebuild.IsFinished: true });

        Assert.InRange(status.Purge.StartedAt!.Value, start, start + _options.StartDelayMax);
        Assert.Equal(status.Purge.StartedAt + _options.PurgeInterval, status.Purge.NextRunAt);
        Assert.Equal(status.Rebuild.StartedAt + TimeSpan.FromHours(24), status.Rebuild.NextRunAt);
    }

    [Fact]
    public async Task Nothing_runs_before_the_whole_host_has_started()
    {
        _timers = Timers();
        await _timers.StartAsync(CancellationToken.None);
        await _lifetime.Asked.WaitAsync(Patience);

        Assert.Equal(0, _sessions.TotalCalls);
        Assert.Equal(0, _time.ActiveTimers);

        // A host whose start is refused stops what has begun.
        await _timers.StopAsync(CancellationToken.None);
        Assert.True(_timers.ExecuteTask!.IsCanceled);
    }

    [Fact]
    public async Task The_purge_runs_at_each_interval_and_the_rebuild_once_a_day()
    {
        var (purge, rebuild) = await FirstRunAsync();

        for (var tick = 0; tick < 3; tick++)
        {
            _time.Advance(_options.PurgeInterval);
            var status = await UntilAsync(now => now.Purge is { IsFinished: true } && now.Purge.RunId > purge);
            purge = status.Purge.RunId;
            Assert.Equal(_time.GetUtcNow(), status.Purge.StartedAt);
            Assert.Equal(rebuild, status.Rebuild.RunId);
        }

        _time.Advance(TimeSpan.FromHours(24));
        Assert.True((await UntilAsync(now => now.Rebuild.IsFinished && now.Rebuild.RunId > rebuild)).Purge.RunId > purge);
    }

    [Fact]
    public async Task A_missed_schedule_is_made_up_for_by_one_run()
    {
        var (purge, _) = await FirstRunAsync();
        await _core.CreateAsync();

        // A machine that slept through 84 ticks: its clock has moved, no timer has fired.
        _time.Jump(_time.GetUtcNow().AddHours(7));
        _time.Advance(TimeSpan.Zero);
        var status = await UntilAsync(now => now.Purge is { IsFinished: true } && now.Purge.RunId > purge);

        Assert.Equal(1, status.Purge.LastCounts[MaintenanceCount.SessionsPurged]);
        Assert.Equal(_time.GetUtcNow() + _options.PurgeInterval, status.Purge.NextRunAt);
    }

    [Fact]
    public async Task A_store_that_is_down_at_one_tick_is_asked_again_at_the_next()
    {
        var (purge, _) = await FirstRunAsync();
        _sessions.Reset();
        _isDown = true;
        _time.Advance(_options.PurgeInterval);
        while (_sessions.TotalCalls < 2)
        {
            await Task.Yield();
        }

        _isDown = false;
        await UntilAsync(now =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return now.Purge is { IsFinished: true } && now.Purge.RunId > purge;
        });
    }

    [Fact]
    public async Task Timers_that_are_off_never_look_at_the_store()
    {
        _options.Timers = false;
        await StartAsync();

        _time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(0, _sessions.TotalCalls);
        Assert.Equal(0, _time.ActiveTimers);
    }

    private async Task StartAsync()
    {
        _timers = Timers();
        await _timers.StartAsync(CancellationToken.None);
        _lifetime.Start();

        // It has begun on another thread; it is where it waits once its timer is there.
        while (_options.Timers && _time.ActiveTimers == 0)
        {
            await Task.Yield();
        }
    }

    private TimedMaintenance Timers() => new(_core.Maintenance, _lifetime, _time, Options.Create(_options), NullLogger<TimedMaintenance>.Instance);

    private async Task<(long? Purge, long? Rebuild)> FirstRunAsync()
    {
        await StartAsync();
        var status = await UntilAsync(now => now is { Purge.IsFinished: true, Rebuild.IsFinished: true });
        return (status.Purge.RunId, status.Rebuild.RunId);
    }

    private async Task<MaintenanceStatus> UntilAsync(Func<MaintenanceStatus, bool> condition)
    {
        while (true)
        {
            var status = await _core.Maintenance.GetStatusAsync(CancellationToken.None);
            if (condition(status))
            {
                return status;
            }

            await Task.Yield();
        }
    }

    // Tells when it is asked whether the host has started.
    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource _started = new();

        public Task Asked => _asked.Task;

        public CancellationToken ApplicationStarted
        {
            get
            {
                _asked.TrySetResult();
                return _started.Token;
            }
        }

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => _started.Cancel();

        public void StopApplication() => throw new NotSupportedException();

        public void Dispose() => _started.Dispose();
    }
}
