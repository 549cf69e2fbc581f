using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>Events are polled, and changes awaited, whatever host runs; one that does not wait says so.</summary>
public sealed class WaitingTests(RunningHost host) : HttpSuite(host)
{
    private const int MostPages = 20;
    private static readonly (string Name, string Value) Wait = ("Prefer", "wait=20");

    [Fact]
    public async Task Events_are_read_with_a_cursor_by_any_instance()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        var settings = new Dictionary<string, string> { ["Events:Enabled"] = "true", ["Events:Log:Enabled"] = "true" };
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var cursor = (await api.ServiceAsync("GET", "/v1/events")).TextOf("cursor");
        var sid = (await api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice"}""")).TextOf("sid");
        Assert.Equal(204, (int)(await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}")).Status);

        var types = new List<string?>();
        var isComplete = false;
        for (var pages = 0; (types.Count < 2 || !isComplete) && pages < MostPages; pages++)
        {
            var page = (await api.ServiceAsync("GET", $"/v1/events?limit=1&after={cursor}", null, Wait)).Json;
            types.AddRange(page.GetProperty("events").EnumerateArray().Select(told => told.GetProperty("type").GetString()));
            cursor = page.GetProperty("cursor").GetString();
            isComplete = page.TryGetProperty("completeAsOf", out _);
        }

        Assert.Equal(["session.created", "session.ended"], types);
        Assert.True(isComplete);
        Assert.Equal(403, (int)(await api.OperatorAsync("GET", "/v1/events")).Status);
    }

    [Fact]
    public async Task A_change_is_awaited_where_the_host_waits()
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", $$"""{"userId":"{{NewUser()}}"}""");
        var (sid, token) = (created.TextOf("sid"), created.TextOf("token"));
        var waiting = Api.UserAsync(token, "GET", "/v1/session/changes?since=1", null, Wait);
        if (TestedHost.Kind is HostKind.Functions)
        {
            var answer = await waiting;
            Assert.Equal((304, "wait=0"), ((int)answer.Status, answer.Header("Preference-Applied")));
            Assert.NotNull(answer.Header("Retry-After"));
        }

        await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        var ended = TestedHost.Kind is HostKind.Functions ? await Api.UserAsync(token, "GET", "/v1/session/changes?since=1", null, Wait) : await waiting;
        Assert.Equal((401, "revoked"), ((int)ended.Status, ended.TextOf("reason")));
    }
}
