using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SessionCore.Maintenance;
using SessionCore.Tables;
using SessionHosting;

namespace SessionServer;

/// <summary>
/// Runs purge and rebuild on their schedules, as the timers of a Functions app do. Every instance has one; leases divide the work.
/// </summary>
internal sealed partial class TimedMaintenance(
    SessionMaintenance maintenance, IHostApplicationLifetime lifetime, TimeProvider timeProvider, IOptions<MaintenanceOptions> options, ILogger<TimedMaintenance> logger)
    : BackgroundService
{
    /// <summary>Runs until the host stops. Work in progress stops between two batches and releases its leases.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Timers)
        {
            return;
        }

        await lifetime.WaitForStartAsync(stoppingToken);

        // The random delay keeps instances that are deployed together from querying the store at the same time.
        var delay = RandomNumberGenerator.GetInt32((int)options.Value.StartDelayMax.TotalMilliseconds + 1);
        await Task.Delay(TimeSpan.FromMilliseconds(delay), timeProvider, stoppingToken);
        using var timer = new PeriodicTimer(options.Value.PurgeInterval, timeProvider);
        do
        {
            await TryAsync("purge", () => maintenance.PurgeAsync(RunStart.Scheduled, stoppingToken), stoppingToken);

            // Checked as often as the purge, so that a rebuild whose time budget was spent continues soon.
            await TryAsync("rebuild", () => maintenance.RebuildAsync(RunStart.Due, stoppingToken), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(string job, Func<Task> run, CancellationToken stoppingToken)
    {
        try
        {
            await run();
        }
        catch (StoreUnavailableException exception)
        {
            LogStoreFault(logger, job, exception);
        }
#pragma warning disable CA1031 // a failed run must not stop later runs or the host
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailure(logger, job, exception);
        }
    }

    [LoggerMessage(3501, LogLevel.Warning, "The store did not answer; the {Job} is tried again at its next scheduled time")]
    private static partial void LogStoreFault(ILogger logger, string job, Exception exception);

    [LoggerMessage(3502, LogLevel.Error, "The {Job} failed; it is tried again at its next scheduled time")]
    private static partial void LogFailure(ILogger logger, string job, Exception exception);
}
