using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Events;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionHosting.Events;

/// <summary>Delivers events for as long as the host runs. Every instance has one; leases divide the work.</summary>
internal sealed partial class EventLoop(EventPump pump, IOptions<EventOptions> options, TimeProvider timeProvider, ILogger<EventLoop> logger) : BackgroundService
{
    /// <summary>How long after a change its event is looked for, at most.</summary>
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

        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // What comes in meanwhile is delivered at once, not at the next tick.
                int delivered;
                do
                {
                    delivered = await pump.RunOnceAsync(stoppingToken);
                }
                while (delivered > 0);
            }
#pragma warning disable CA1031 // a failed look must not stop later ones or the host
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailure(logger, exception);
            }
        }
    }

    [LoggerMessage(3711, LogLevel.Error, "The delivery of events failed; it is tried again")]
    private static partial void LogFailure(ILogger logger, Exception exception);

    [LoggerMessage(3712, LogLevel.Debug, "The lanes of events could not be given back; their leases expire")]
    private static partial void LogNotReleased(ILogger logger, Exception exception);
}
