using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SessionCore.Maintenance;
using SessionCore.Tables;

namespace SessionServer;

/// <summary>Purges and rebuilds on their schedules, as a Functions app's timers do. Every instance has one; runs are shared by leases.</summary>
internal sealed partial class TimedMaintenance(
    SessionMaintenance maintenance, TimeProvider timeProvider, IOptions<MaintenanceOptions> options, ILogger<TimedMaintenance> logger) : BackgroundService
{
    /// <summary>Ends with the host: the work stops between two batches and gives its leases back.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Timers)
        {
            return;
        }

        // Instances that are deployed together do not ask the store together.
        var delay = RandomNumberGenerator.GetInt32((int)options.Value.StartDelayMax.TotalMilliseconds + 1);
        await Task.Delay(TimeSpan.FromMilliseconds(delay), timeProvider, stoppingToken);
        using var timer = new PeriodicTimer(options.Value.PurgeInterval, timeProvider);
        do
        {
            await TryAsync("purge", () => maintenance.PurgeAsync(RunStart.Scheduled, stoppingToken), stoppingToken);

            // Looked at as often as the purge, so that a rebuild whose time was spent goes on soon.
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
#pragma warning disable CA1031 // a run that fails must not end the runs to come, nor the host
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailure(logger, job, exception);
        }
    }

    [LoggerMessage(3501, LogLevel.Warning, "The store did not answer; the {Job} is tried again at its next time")]
    private static partial void LogStoreFault(ILogger logger, string job, Exception exception);

    [LoggerMessage(3502, LogLevel.Error, "The {Job} failed; it is tried again at its next time")]
    private static partial void LogFailure(ILogger logger, string job, Exception exception);
}
