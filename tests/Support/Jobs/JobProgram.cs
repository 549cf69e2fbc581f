using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore;
using SessionCore.Events;
using SessionCore.Incidents;
using SessionCore.Maintenance;
using SessionCore.Tables;

namespace Support.Jobs;

/// <summary>Works on jobs over sessions until it is killed, and tells its managed heap. Its configuration is the environment's.</summary>
public static class JobProgram
{
    /// <summary>The first argument of <c>Support</c> that starts this program.</summary>
    public const string Name = "jobs";

    /// <summary>How a line with the bytes of the managed heap begins.</summary>
    public const string HeapPrefix = "Heap ";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until the process is killed.</summary>
    public static async Task<int> RunAsync()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build())
            .AddTableStorage()
            .AddSessionCore()
            .AddSessionMaintenance()
            .AddSessionEvents()
            .AddSessionIncidents()
            .BuildServiceProvider();
        var jobs = services.GetRequiredService<SessionJobs>();
        var never = CancellationToken.None;

        // Once the store has answered, what comes is work and not the start of a process.
        await jobs.CountRunningAsync(never);
        await Console.Out.WriteLineAsync("Begun.");
        var telling = TellHeapAsync(never);
        while (!telling.IsFaulted)
        {
            try
            {
                await jobs.RunAsync(never);
            }
            catch (StoreUnavailableException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
            }
        }

        return 1;
    }

    private static async Task TellHeapAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{HeapPrefix}{GC.GetTotalMemory(forceFullCollection: false)}"));
        }
    }
}
