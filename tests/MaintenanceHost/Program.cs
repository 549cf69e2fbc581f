// Purges and rebuilds one run after the other, both at once, until it is killed. Its configuration is the environment's.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore;
using SessionCore.Maintenance;
using SessionCore.Tables;

await using var services = new ServiceCollection()
    .AddLogging()
    .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build())
    .AddTableStorage()
    .AddSessionCore()
    .AddSessionMaintenance()
    .BuildServiceProvider();
var maintenance = services.GetRequiredService<SessionMaintenance>();
var never = CancellationToken.None;

// Once the store has answered, what comes is work and not the start of a process.
await maintenance.GetStatusAsync(never);
await Console.Out.WriteLineAsync("Begun.");
await Task.WhenAll(RunAsync(maintenance.PurgeAsync, never), RunAsync(maintenance.RebuildAsync, never));

static async Task RunAsync(Func<RunStart, CancellationToken, Task<MaintenanceReport>> run, CancellationToken stop)
{
    while (!stop.IsCancellationRequested)
    {
        try
        {
            await run(RunStart.Demanded, stop);
        }
        catch (StoreUnavailableException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
        }
    }
}
