using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Client;

// The client compiled ahead of time, configured by SESSIONS_URL and SESSIONS_KEY: a session from its creation to its end.
var services = new ServiceCollection();
services.AddSingleton<IConfiguration>(new ConfigurationManager
{
    ["SESSIONS_URL"] = Environment.GetEnvironmentVariable("SESSIONS_URL"),
    ["SESSIONS_KEY"] = Environment.GetEnvironmentVariable("SESSIONS_KEY"),
});
services.AddSessionsClient();
await using var provider = services.BuildServiceProvider();
var sessions = provider.GetRequiredService<SessionsClient>();

var user = $"native-{Environment.ProcessId}";
var issued = await sessions.CreateAsync(new NewSession
{
    UserId = user,
    Claims = new JsonObject { ["role"] = "admin" },
    Device = new NewDevice { Label = "Native" },
    AuthenticationMethods = ["pwd"],
    IdleTimeout = TimeSpan.FromMinutes(5),
});
var live = await sessions.IntrospectAsync(issued.Token, new IntrospectionOptions { Requires = new SignInRequirement { Methods = ["hwk"] } });
await sessions.MergeDataAsync(issued.Sid, new JsonObject { ["n"] = 1 });
var rotated = await sessions.RotateAsync(issued.Sid, new Rotation { AssuranceLevel = AssuranceLevel.Aal2 });
var listed = 0;
await foreach (var session in sessions.ListAsync(user))
{
    listed += session.Device?.Name == "Native" ? 1 : 0;
}

var key = SessionKey.Of(user);
var saved = await sessions.Keyed.SaveAsync(key, new KeyedSession { Data = new JsonObject { ["n"] = 2 } });
var read = await sessions.Keyed.GetAsync(key);
await sessions.Keyed.EndAsync(key, "done");
await sessions.RevokeAllAsync(user, reason: "done");
var end = await sessions.FindEndAsync(rotated!.Token);
string? refusal = null;
try
{
    await sessions.CreateAsync(new NewSession { UserId = "" });
}
catch (SessionsException e)
{
    refusal = e.ProblemType;
}

Console.WriteLine(
    $"{live.Active} {live.Session?.Claims?.GetProperty("role")} {live.Insufficient?.Methods?[0]} {listed} {saved.Outcome} {read?.Data?.GetProperty("n")} {end?.Reason} {refusal}");
