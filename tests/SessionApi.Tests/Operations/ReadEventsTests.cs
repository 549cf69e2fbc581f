using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Protection;

namespace SessionApi.Tests.Operations;

/// <summary><c>GET /v1/events</c>: pages, cursors, waits, and what bad input gets.</summary>
public sealed class ReadEventsTests : IAsyncDisposable
{
    private const string Target = "/api/v1/events";

    private static readonly Dictionary<string, string?> On = new()
    {
        ["Events:Enabled"] = "true",
        ["Events:Log:Enabled"] = "true",
        ["Events:Source"] = "https://sessions.example.com",
    };

    private readonly ApiFixture _api = new(On);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_and_end_with_completeness()
    {
        var sids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            sids.Add((await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"userId":"user-{{i}}"}""")).Text("sid"));
        }

        var first = (await _api.SendAsync("GET", Target + "?limit=2")).Json;
        var second = (await _api.SendAsync("GET", $"{Target}?limit=2&after={first.GetProperty("cursor").GetString()}")).Json;

        Assert.True(first.GetProperty("more").GetBoolean());
        Assert.False(first.TryGetProperty("completeAsOf", out _));
        Assert.False(second.GetProperty("more").GetBoolean());
        Assert.Equal(_api.Clock.GetUtcNow(), second.GetProperty("completeAsOf").GetDateTimeOffset());
        JsonElement[] events = [.. first.GetProperty("events").EnumerateArray(), .. second.GetProperty("events").EnumerateArray()];
        Assert.Equal(sids.Order(StringComparer.Ordinal), events.Select(told => told.GetProperty("subject").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(events, told =>
        {
            Assert.Equal("1.0", told.GetProperty("specversion").GetString());
            Assert.Equal("session.created", told.GetProperty("type").GetString());
            Assert.Equal("https://sessions.example.com", told.GetProperty("source").GetString());
            Assert.Equal(told.GetProperty("subject").GetString(), told.GetProperty("data").GetProperty("sid").GetString());
        });
    }

    [Fact]
    public async Task A_wait_ends_with_the_first_event()
    {
        var cursor = (await _api.SendAsync("GET", Target)).Text("cursor");
        var waiting = _api.SendAsync("GET", $"{Target}?after={cursor}", null, ("Prefer", "wait=25"));
        await _api.SendAsync("POST", "/api/v1/sessions", """{"userId":"alice"}""");
        await _api.Clock.AdvanceUntilAsync(waiting);

        var answer = await waiting;
        Assert.Equal("wait=25", answer.Headers["Preference-Applied"]);
        Assert.Single(answer.Json.GetProperty("events").EnumerateArray());
    }

    [Fact]
    public async Task A_wait_in_vain_is_no_failure()
    {
        var cursor = (await _api.SendAsync("GET", Target)).Text("cursor");
        var askedAt = _api.Clock.GetUtcNow();
        var waiting = _api.SendAsync("GET", $"{Target}?after={cursor}", null, ("Prefer", "respond-async, wait=5"));
        await _api.Clock.AdvanceUntilAsync(waiting);

        var answer = await waiting;
        Assert.Equal(200, answer.Status);
        Assert.Empty(answer.Json.GetProperty("events").EnumerateArray());
        Assert.True(answer.Json.GetProperty("completeAsOf").GetDateTimeOffset() >= askedAt + TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("?limit=0", "validation")]
    [InlineData("?limit=501", "validation")]
    [InlineData("?limit=many", "validation")]
    [InlineData("?after=", "validation")]
    [InlineData("?after=bm90IGEgY3Vyc29y", "validation")]
    [InlineData("?before=x", "validation")]
    public async Task A_bad_parameter_is_refused(string query, string problem)
    {
        var answer = await _api.SendAsync("GET", Target + query);
        Assert.Equal(400, answer.Status);
        Assert.Equal(problem, answer.Problem);
    }

    [Theory]
    [InlineData("wait=-1")]
    [InlineData("wait=1.5")]
    [InlineData("wait")]
    [InlineData("wait=99999999999")]
    public async Task A_bad_wait_is_refused(string preference) =>
        Assert.Equal(400, (await _api.SendAsync("GET", Target, null, ("Prefer", preference))).Status);

    [Fact]
    public async Task A_cursor_of_another_deployment_is_refused()
    {
        await using var other = new ApiFixture(On, services => services.PostConfigure<KeyRingOptions>(options =>
        {
            options.Ring.Clear();
            options.Ring.Add(KeyRing.Random()[0]);
        }));
        var cursor = (await other.SendAsync("GET", Target)).Text("cursor");

        var answer = await _api.SendAsync("GET", $"{Target}?after={cursor}");
        Assert.Equal(400, answer.Status);
        Assert.Equal("cursor-foreign", answer.Problem);
    }

    [Fact]
    public async Task Without_a_log_there_is_nothing_to_read()
    {
        await using var off = new ApiFixture();
        var answer = await off.SendAsync("GET", Target);
        Assert.Equal(404, answer.Status);
        Assert.Equal("events-off", answer.Problem);
    }

    [Fact]
    public async Task A_host_that_does_not_wait_answers_at_once_and_tells_when_to_ask_again()
    {
        await using var api = new ApiFixture(new Dictionary<string, string?>(On) { ["Waiting:Longest"] = "00:00:00" });
        var answer = await api.SendAsync("GET", Target, null, ("Prefer", "wait=25"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("wait=0", answer.Headers["Preference-Applied"]);
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }
}
