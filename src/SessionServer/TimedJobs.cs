using Microsoft.Extensions.Options;
using SessionCore.Incidents;
using SessionCore.Maintenance;

namespace SessionServer;

/// <summary>Wakes who works on jobs over sessions once a minute, for those that another instance has begun and left.</summary>
internal sealed class TimedJobs(SessionJobs jobs, TimeProvider timeProvider, IOptions<MaintenanceOptions> options) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Runs until the host stops.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Timers)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            jobs.Wake();
        }
    }
}
