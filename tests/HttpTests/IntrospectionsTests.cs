using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>Several introspections in one request, over HTTP.</summary>
public sealed class IntrospectionsTests(RunningHost host) : HttpSuite(host)
{
    private const string Single = "/v1/sessions/introspect";
    private const string Path = "/v1/sessions/introspections";
    private const int Many = 64;

    // How many begin before the first reply differs from run to run.
    private const int MostReads = Many / 4;

    [Fact]
    public async Task Live_ended_and_unknown_ones_are_answered_in_order_as_they_are_alone()
    {
        var user = NewUser();
        var (_, live) = await Api.CreateAsync(user, """{"n":1}""");
        var (endedSid, ended) = await Api.CreateAsync(user);
        Assert.Equal(204, (int)(await Api.ServiceAsync("DELETE", $"/v1/sessions/{endedSid}")).Status);
        string[] items =
        [
            Item(ended), Item(live), Item(live[..^1]), Item(live), Item("x"),
            $$"""{"token":"{{live}}","requires":{"methods":["hwk"]} }""", Item(live, touch: false),
        ];

        var answer = await Api.ServiceAsync("POST", Path, Body(items));

        Assert.Equal((200, "application/json; charset=utf-8"), ((int)answer.Status, answer.Header("Content-Type")));
        var answers = answer.Json.GetProperty("answers").EnumerateArray().ToArray();
        Assert.Equal([false, true, false, true, false, true, true], answers.Select(one => one.GetProperty("active").GetBoolean()));
        Assert.Equal("""{"methods":["hwk"]}""", answers[5].GetProperty("insufficient").GetRawText());
        foreach (var (i, item) in items.Index())
        {
            var alone = await Api.ServiceAsync("POST", Single, item);
            Assert.Equal(WithoutTimeLeft(alone.Json), WithoutTimeLeft(answers[i]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Many + 1)]
    public async Task None_and_too_many_are_refused(int count)
    {
        var answer = await Api.ServiceAsync("POST", Path, Body([.. Enumerable.Repeat(Item("x"), count)]));

        Assert.Equal((400, "validation"), ((int)answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_broken_one_is_named_and_a_body_that_is_too_large_refused()
    {
        var broken = await Api.ServiceAsync("POST", Path, Body([Item("x"), """{"token":"x","extra":1}"""]));
        var large = await Api.ServiceAsync("POST", Path, Body([Item(new string('x', 64 * 1024))]));

        Assert.Equal((400, "#/introspections/1"), ((int)broken.Status, broken.Json.GetProperty("errors")[0].GetProperty("pointer").GetString()));
        Assert.Equal((413, "body-too-large"), ((int)large.Status, large.Problem));
    }

    [Fact]
    public async Task Many_sessions_are_read_by_few_commands_of_Redis()
    {
        var tables = await AzuriteServer.SharedAsync();
        await using var redis = await RedisServer.StartAsync(CancellationToken.None);
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings: null, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var created = new List<(string Sid, string Token)>();
        for (var i = 0; i < Many; i++)
        {
            created.Add(await api.CreateAsync(NewUser()));
        }

        var body = Body([.. created.Select(static one => Item(one.Token, touch: false))]);
        await api.ServiceAsync("POST", Path, body); // fills the cache
        var before = await RedisContent.ReadsAsync(redis);
        var answer = await api.ServiceAsync("POST", Path, body);
        var reads = await RedisContent.ReadsAsync(redis) - before;

        Assert.Equal(created.Select(one => one.Sid), answer.Json.GetProperty("answers").EnumerateArray().Select(SidOf));
        Assert.InRange(reads, 1, MostReads);
    }

    [Fact]
    public async Task The_largest_answers_fit()
    {
        var data = $$"""{"text":"{{new string('x', 32_000)}}"}""";
        var (sid, token) = await Api.CreateAsync(NewUser(), data);

        var answer = await Api.ServiceAsync("POST", Path, Body([.. Enumerable.Repeat(Item(token, touch: false), Many)]));

        Assert.All(answer.Json.GetProperty("answers").EnumerateArray(), one => Assert.Equal(sid, SidOf(one)));
    }

    private static string? SidOf(JsonElement answer) => answer.GetProperty("session").GetProperty("sid").GetString();

    // What is left counts down, and a touch may be written by the second of two.
    private static string WithoutTimeLeft(JsonElement answer)
    {
        var node = JsonNode.Parse(answer.GetRawText())!.AsObject();
        foreach (var name in new[] { "idleExpiresInSeconds", "expiresInSeconds" })
        {
            node["session"]?.AsObject().Remove(name);
        }

        return node.ToJsonString();
    }

    private static string Item(string token, bool touch = true) => touch ? $$"""{"token":"{{token}}"}""" : $$"""{"token":"{{token}}","touch":false}""";

    private static string Body(IReadOnlyList<string> items) => $$"""{"introspections":[{{string.Join(',', items)}}]}""";
}
