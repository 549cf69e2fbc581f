using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore;
using SessionCore.Maintenance;
using SessionCore.Tables;

namespace Support.Maintenance;

/// <summary>Purges and rebuilds one run after the other, both at once, until it is killed. Its configuration is the environment's.</summary>
public static class MaintenanceProgram
{
    /// <summary>The first argument of <c>Support</c> that starts this program.</summary>
    public const string Name = "maintenance";

    /// <summary>Runs until the process is killed.</summary>
    public static async Task<int> RunAsync()
    {
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
        await Task.WhenAll(RepeatAsync(maintenance.PurgeAsync, never), RepeatAsync(maintenance.RebuildAsync, never));
        return 0;
    }

    private static async Task RepeatAsync(Func<RunStart, CancellationToken, Task<MaintenanceReport>> run, CancellationToken stop)
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
}
