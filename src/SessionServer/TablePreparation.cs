using SessionCore.Tables;
using SessionHosting;

namespace SessionServer;

/// <summary>Creates missing tables in the background: the host is live at once, and ready when the tables exist.</summary>
internal sealed partial class TablePreparation(
    SessionTables tables, IHostApplicationLifetime lifetime, TimeProvider timeProvider, ILogger<TablePreparation> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WaitForStartAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await tables.Sessions.EnsureExistsAsync(stoppingToken);
                await tables.Due.EnsureExistsAsync(stoppingToken);
                return;
            }
            catch (StoreUnavailableException exception)
            {
                LogRetry(logger, exception);
            }

            await Task.Delay(Pause, timeProvider, stoppingToken);
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "The tables could not be created; trying again")]
    private static partial void LogRetry(ILogger logger, Exception exception);
}
