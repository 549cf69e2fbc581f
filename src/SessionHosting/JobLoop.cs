using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionCore.Incidents;
using SessionCore.Tables;

namespace SessionHosting;

/// <summary>Works on jobs over sessions as soon as one is created or continued in this process. Timers take over what is left.</summary>
internal sealed partial class JobLoop(SessionJobs jobs, TimeProvider timeProvider, ILogger<JobLoop> logger) : BackgroundService
{
    // A range that always fails is not tried in a tight loop.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await jobs.WaitAsync(stoppingToken);
            while (await TryRunAsync(stoppingToken))
            {
                await Task.Delay(Pause, timeProvider, stoppingToken);
            }
        }
    }

    private async Task<bool> TryRunAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await jobs.RunAsync(stoppingToken);
        }
        catch (StoreUnavailableException exception)
        {
            LogStoreFault(logger, exception);
            return false;
        }
#pragma warning disable CA1031 // a failed run must not stop later runs or the host
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailure(logger, exception);
            return false;
        }
    }

    [LoggerMessage(1932, LogLevel.Warning, "The store did not answer; jobs over sessions go on at the next timer")]
    private static partial void LogStoreFault(ILogger logger, Exception exception);

    [LoggerMessage(1933, LogLevel.Error, "Jobs over sessions failed; they go on at the next timer")]
    private static partial void LogFailure(ILogger logger, Exception exception);
}
