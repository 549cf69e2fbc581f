using System.Globalization;
using System.Text.Json;
using SessionChaos.Load;
using SessionChaos.Processes;
using Support;
using Support.Http;

namespace SessionChaos.Scenarios;

/// <summary>Servers are killed (SIGKILL) while sessions change and a webhook receives their events. None may be missing, none unknown.</summary>
/// <param name="kills">How often a server is killed.</param>
/// <param name="writers">How many clients change sessions.</param>
/// <param name="longestLife">The longest time between a start and a kill.</param>
internal sealed class EventsThroughKills(int kills, int writers, TimeSpan longestLife) : IScenario
{
    private static readonly string Secret = "whsec_" + Convert.ToBase64String(new byte[24]);

    // The leases of a dead server's lanes last 20 seconds, and a notice without its change is looked at for longer; it holds nothing up.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public string Name => "events through kills";

    public async Task<ScenarioResult> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stand = await Stand.StartAsync(new StandOptions { Settings = Settings(receiver.Url) }, cancellationToken);
        var dice = new Dice(1);
        EventWriter[] load = [.. Enumerable.Range(0, writers).Select(i => new EventWriter(stand.Servers[i % stand.Servers.Count], $"writer-{i}", new Dice((ulong)i + 2)))];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loading = Task.WhenAll(load.Select(writer => writer.RunAsync(stop.Token)));
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(dice.Milliseconds(1, (int)longestLife.TotalMilliseconds), TimeProvider.System, cancellationToken);
            var victim = stand.Servers[kill % stand.Servers.Count];
            await victim.KillAsync();
            progress(string.Create(CultureInfo.InvariantCulture, $"killed {kill + 1} of {kills}, {receiver.Received.Count:N0} events received"));
            await victim.RestartAsync(cancellationToken);
        }

        await stop.CancelAsync();
        await loading;
        return await JudgeAsync(stand.Servers[0].Now.Api, load, receiver, cancellationToken);
    }

    private static Dictionary<string, string> Settings(Uri receiver) => new(StringComparer.Ordinal)
    {
        ["Events:Enabled"] = "true",
        ["Events:Targets:app:Url"] = receiver.ToString(),
        ["Events:Targets:app:Secret"] = Secret,
        ["Events:Targets:app:AllowPrivateAddresses"] = "true",
        ["Audit:Enabled"] = "true",
        ["Sessions:MaxSessionsPerUser"] = "90",
    };

    private async Task<ScenarioResult> JudgeAsync(ApiClient api, EventWriter[] load, WebhookReceiver receiver, CancellationToken cancellationToken)
    {
        var recorded = new Dictionary<string, Told>(StringComparer.Ordinal);
        var undelivered = 0;
        foreach (var writer in load)
        {
            var (entries, pending) = await TimelineAsync(api, writer.UserId, cancellationToken);
            undelivered += pending;
            foreach (var entry in entries)
            {
                recorded[entry.Id] = entry;
            }
        }

        var received = receiver.Received.Select(got => Told.Of(JsonElement.Parse(got.Body))).ToArray();
        var ids = received.Select(told => told.Id).ToHashSet(StringComparer.Ordinal);
        var changes = recorded.Values.Select(told => (told.Sid, told.Type)).CountBy(change => change).ToDictionary();
        var acknowledged = load.SelectMany(writer => writer.Acknowledged).ToArray();
        var lost = acknowledged.CountBy(change => change).Sum(change => Math.Max(0, change.Value - changes.GetValueOrDefault(change.Key)));
        var verified = await api.OperatorAsync("POST", "/v1/operations/verify-audit");
        var faults = new[] { "altered", "missing", "apart", "heads" }.Sum(name => verified.Json.GetProperty(name).GetInt32());
        var disorder = received.DistinctBy(told => told.Id, StringComparer.Ordinal).GroupBy(told => told.Sid, StringComparer.Ordinal).Count(IsOutOfOrder);
        return new ScenarioResult(
            Name,
            [
                new Figure("kills", Text(kills)),
                new Figure("changes acknowledged", Text(acknowledged.Length), "some", acknowledged.Length > 0),
                new Figure("events recorded", Text(recorded.Count)),
                new Figure("webhook calls, of which repetitions", $"{Text(received.Length)}, {Text(received.Length - ids.Count)}"),
                Bar("acknowledged changes without an event", lost),
                Bar("events not delivered", undelivered),
                Bar("events missing at the webhook", recorded.Keys.Count(id => !ids.Contains(id))),
                Bar("events at the webhook that are unknown", ids.Count(id => !recorded.ContainsKey(id))),
                Bar("sessions out of order", disorder),
                Bar("faults in the audit", faults),
                new Figure("records verified", Text(verified.Json.GetProperty("records").GetInt32()), "all", verified.Json.GetProperty("finished").GetBoolean()),
            ]);
    }

    // Waits until everything is delivered.
    private static async Task<(IReadOnlyList<Told> Entries, int Pending)> TimelineAsync(ApiClient api, string userId, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (entries, pending) = (new List<Told>(), 0);
            string? continuation = null;
            do
            {
                var page = await api.PatientlyAsync("GET", $"/v1/users/timeline?userId={userId}&pageSize=100{(continuation is null ? "" : "&continuation=" + continuation)}");
                foreach (var entry in page.Json.GetProperty("entries").EnumerateArray())
                {
                    entries.Add(Told.Of(entry));
                    pending += entry.TryGetProperty("number", out _) ? 0 : 1;
                }

                continuation = page.Json.TryGetProperty("continuation", out var next) ? next.GetString() : null;
            }
            while (continuation is not null);

            if (pending == 0 || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                return (entries, pending);
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    private static bool IsOutOfOrder(IEnumerable<Told> events)
    {
        var last = 0L;
        foreach (var told in events)
        {
            if (told.Version < last)
            {
                return true;
            }

            last = told.Version;
        }

        return false;
    }

    private static Figure Bar(string what, int number) => new(what, Text(number), "0", number == 0);

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Told(string Id, string Type, string Sid, long Version)
    {
        public static Told Of(JsonElement json) => new(
            json.GetProperty("id").GetString() ?? "",
            json.GetProperty("type").GetString() ?? "",
            json.GetProperty("data").GetProperty("sid").GetString() ?? "",
            json.GetProperty("data").GetProperty("version").GetInt64());
    }
}
