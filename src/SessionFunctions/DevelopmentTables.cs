using Microsoft.Extensions.Hosting;
using SessionCore.Tables;

namespace SessionFunctions;

/// <summary>
/// Creates the tables in Development. In other environments the deployment creates them, and a start contacts nothing.
/// </summary>
internal sealed class DevelopmentTables(SessionTables tables) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await tables.Sessions.EnsureExistsAsync(cancellationToken);
        await tables.Due.EnsureExistsAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
