using System.Globalization;
using Demo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore;
using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Tables;

// Its configuration is the environment's, as a host's is.
var now = TimeProvider.System.GetUtcNow();
var clock = new DemoClock(now);
await using var services = new ServiceCollection()
    .AddLogging()
    .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build())
    .AddSingleton<TimeProvider>(clock)
    .AddTableStorage()
    .AddSessionCore()
    .AddSessionMaintenance()
    .BuildServiceProvider();
var tables = services.GetRequiredService<SessionTables>();
await tables.Sessions.EnsureExistsAsync(CancellationToken.None);
await tables.Due.EnsureExistsAsync(CancellationToken.None);
var fill = new DemoFill(services.GetRequiredService<SessionService>(), services.GetRequiredService<SessionMaintenance>(), clock);
if (await fill.IsDoneAsync(CancellationToken.None))
{
    Console.WriteLine("The demo's users are there already; '--fresh' begins anew.");
    return 0;
}

var count = await fill.RunAsync(now, CancellationToken.None);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{DemoStory.Users} users with {count} sessions of a week; 40 of them from 203.0.113.0/24 with curl, which somebody should end."));
return 0;
