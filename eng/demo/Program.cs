using System.Globalization;
using Demo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore;
using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Tables;

// Its configuration is the environment's, as a host's is; its argument is the number of users.
if (args is not [{ } text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var users) || users == 0)
{
    await Console.Error.WriteLineAsync("Usage: DemoData USERS");
    return 2;
}

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
var fill = new DemoFill(services.GetRequiredService<SessionService>(), services.GetRequiredService<SessionMaintenance>(), clock, users);
if (await fill.IsDoneAsync(CancellationToken.None))
{
    Console.WriteLine("The demo's users are there already; '--fresh' begins anew.");
    return 0;
}

var count = await fill.RunAsync(now, CancellationToken.None);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{users} users with {count} sessions of a week; {DemoStory.IncidentSignIns(users)} of them from {DemoStory.IncidentNetwork} with curl, which somebody should end."));
return 0;
