using System.Text.Json;
using Support.Http;
using Support.Time;

namespace HttpTests;

/// <summary>The timelines and their verification, whatever host runs.</summary>
public sealed class AuditTests(RunningHost host) : HttpSuite(host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Timelines_tell_who_did_what_and_verify()
    {
        await using var server = await AuditedServer.StartAsync();
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var user = $"audited-{Guid.CreateVersion7()}";

        var created = await api.ServiceAsync("POST", "/v1/sessions", $$"""{"userId":"{{user}}"}""");
        var sid = created.TextOf("sid");
        Assert.Equal(204, (int)(await api.UserAsync(created.TextOf("token"), "DELETE", "/v1/session")).Status);

        var recorded = await RecordedAsync(api, $"/v1/sessions/{sid}/timeline", 2);
        Assert.Equal(["session.ended", "session.created"], recorded.Select(entry => entry.GetProperty("type").GetString()));
        Assert.Equal([2, 1], recorded.Select(entry => entry.GetProperty("number").GetInt32()));
        Assert.Equal("user", recorded[0].GetProperty("data").GetProperty("actor").GetString());
        Assert.StartsWith("key:", recorded[1].GetProperty("data").GetProperty("actor").GetString(), StringComparison.Ordinal);
        Assert.All(recorded, entry => Assert.DoesNotContain(created.TextOf("token"), entry.ToString(), StringComparison.Ordinal));

        var first = await api.ServiceAsync("GET", $"/v1/users/timeline?userId={user}&pageSize=1");
        Assert.Equal("session.ended", Assert.Single(EntriesOf(first)).GetProperty("type").GetString());
        var second = await api.ServiceAsync("GET", $"/v1/users/timeline?userId={user}&pageSize=1&continuation={first.TextOf("continuation")}");
        Assert.Equal("session.created", Assert.Single(EntriesOf(second)).GetProperty("type").GetString());
        Assert.Equal(400, (int)(await api.ServiceAsync("GET", $"/v1/users/timeline?userId={user}&continuation=x")).Status);
        Assert.Equal(404, (int)(await api.ServiceAsync("GET", $"/v1/sessions/{sid[..^4]}AAAA/timeline")).Status);

        var verified = await api.OperatorAsync("POST", $"/v1/operations/verify-audit?userId={user}");
        Assert.Equal((1, 2, 0), (NumberOf(verified, "chains"), NumberOf(verified, "records"), NumberOf(verified, "altered") + NumberOf(verified, "missing") + NumberOf(verified, "apart") + NumberOf(verified, "heads")));
        Assert.Empty(verified.Json.GetProperty("findings").EnumerateArray());
        Assert.Equal(200, (int)(await api.OperatorAsync("POST", "/v1/operations/verify-audit")).Status);

        var actions = EntriesOf(await api.ServiceAsync("GET", "/v1/operations/timeline"));
        Assert.Contains(actions, action => action.GetProperty("type").GetString() == "operator.verify-audit"
            && action.GetProperty("data").GetProperty("details").TryGetProperty("userId", out var about) && about.GetString() == user);
        Assert.All(actions, action => Assert.StartsWith("key:", action.GetProperty("data").GetProperty("actor").GetString(), StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<JsonElement>> RecordedAsync(ApiClient api, string path, int count)
    {
        var answer = await Eventually.AnswerAsync(() => api.ServiceAsync("GET", path), answer => RecordedIn(answer).Length == count, Patience);
        return RecordedIn(answer);
    }

    private static JsonElement[] RecordedIn(ApiAnswer answer) => [.. EntriesOf(answer).Where(entry => entry.TryGetProperty("number", out _))];

    private static JsonElement[] EntriesOf(ApiAnswer answer) => [.. answer.Json.GetProperty("entries").EnumerateArray()];

    private static int NumberOf(ApiAnswer answer, string name) => answer.Json.GetProperty(name).GetInt32();
}
