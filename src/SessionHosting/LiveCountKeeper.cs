using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionCore.Maintenance;
using SessionCore.Tables;

namespace SessionHosting;

/// <summary>Adds what this instance has begun and ended to the count of live sessions, once a minute and when the host stops.</summary>
internal sealed partial class LiveCountKeeper(SessionMaintenance maintenance, TimeProvider timeProvider, ILogger<LiveCountKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // A count that is a little wrong may not hold up a host that stops.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(StopTime, timeProvider);
        await TryFlushAsync(deadline.Token);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryFlushAsync(stoppingToken);
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await maintenance.FlushLiveCountAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            LogKept(logger, exception);
        }
    }

    [LoggerMessage(3601, LogLevel.Debug, "The store did not answer; this instance's increment of the count of live sessions is added later")]
    private static partial void LogKept(ILogger logger, Exception exception);
}
