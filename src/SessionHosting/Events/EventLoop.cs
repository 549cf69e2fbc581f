using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Events;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionHosting.Events;

/// <summary>Delivers events for as long as the host runs. Every instance has one; leases divide the work.</summary>
/// <remarks>A commit in this process wakes it for the lane of the commit. It looks at all lanes at intervals, for what other instances commit and for new tries.</remarks>
internal sealed partial class EventLoop(
    EventPump pump, LoopHints hints, IHostApplicationLifetime lifetime, IOptions<EventOptions> options, TimeProvider timeProvider, ILogger<EventLoop> logger)
    : BackgroundService
{
    /// <summary>How long after a change that another instance made its event is looked for, at most.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(ReleaseTime, timeProvider);
        try
        {
            await pump.ReleaseAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            // The leases expire by themselves.
            LogNotReleased(logger, exception);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!pump.IsOn || !options.Value.Deliver)
        {
            return;
        }

        await lifetime.WaitForStartAsync(stoppingToken);
        await Task.WhenAll(FollowAsync(stoppingToken), LookAsync(stoppingToken));
    }

    // A commit during a pass gives another hint, so one pass a hint is enough.
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var lanes = await hints.TakeAsync(stoppingToken);
            _ = await RunAsync(lanes, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            while (await RunAsync(lanes: null, stoppingToken) > 0)
            {
                // What comes in meanwhile is delivered at once, not at the next tick.
            }
        }
    }

    private async Task<int> RunAsync(IReadOnlyCollection<int>? lanes, CancellationToken stoppingToken)
    {
        try
        {
            return await pump.RunOnceAsync(lanes, stoppingToken);
        }
#pragma warning disable CA1031 // a failed look must not stop later ones or the host
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailure(logger, exception);
            return 0;
        }
    }

    [LoggerMessage(3711, LogLevel.Error, "The delivery of events failed; it is tried again")]
    private static partial void LogFailure(ILogger logger, Exception exception);

    [LoggerMessage(3712, LogLevel.Debug, "The lanes of events could not be given back; their leases expire")]
    private static partial void LogNotReleased(ILogger logger, Exception exception);
}
