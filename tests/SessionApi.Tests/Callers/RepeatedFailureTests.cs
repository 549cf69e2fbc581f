using Microsoft.Extensions.Logging;

namespace SessionApi.Tests.Callers;

/// <summary>What a bad credential that is sent again and again costs: counted calls to the table and lines of the log.</summary>
public sealed class RepeatedFailureTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/v1/session")]
    [InlineData("POST", "/api/v1/session/rotate")]
    [InlineData("DELETE", "/api/v1/session")]
    public async Task A_rotated_away_token_sent_300_times_is_looked_up_and_logged_once(string method, string path)
    {
        var (_, old) = await _api.CreateAsync();
        Assert.Equal(200, (await _api.SendAsUserAsync(old, "POST", "/api/v1/session/rotate")).Status);
        _api.Clock.Advance(TimeSpan.FromMinutes(1));

        var (calls, answers) = await RepeatAsync(300, () => _api.SendAsUserAsync(old, method, path));

        Assert.InRange(calls, 1, 2);
        Assert.Equal([(401, 20), (429, 280)], answers);
        Assert.Equal(2, _api.Logs.Entries.Count(entry => entry.Level >= LogLevel.Warning));
        Assert.Equal(20, _api.Logs.Ids.Count(id => id == 2100));
    }

    [Fact]
    public async Task The_next_line_tells_how_many_were_held_back()
    {
        var (_, old) = await _api.CreateAsync();
        Assert.Equal(200, (await _api.SendAsUserAsync(old, "POST", "/api/v1/session/rotate")).Status);
        _api.Clock.Advance(TimeSpan.FromMinutes(1));
        await RepeatAsync(300, () => _api.SendAsUserAsync(old, "GET", "/api/v1/session"));
        _api.Clock.Advance(TimeSpan.FromSeconds(10));
        await _api.SendAsUserAsync(old, "GET", "/api/v1/session");

        var lines = _api.Logs.Entries.Where(entry => entry.Id.Id == 1251).Select(entry => entry.Text).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Contains("1 times", lines[0], StringComparison.Ordinal);
        Assert.Contains("300 times", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/session")]
    [InlineData("POST", "/api/v1/session/touch")]
    [InlineData("POST", "/api/v1/session/rotate")]
    public async Task An_ended_token_sent_200_times_with_strong_is_looked_up_once_and_learns_why_each_time(string method, string path)
    {
        var (sid, token) = await _api.CreateAsync();
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}")).Status);
        _api.Clock.Advance(TimeSpan.FromMinutes(1));

        (string, string)[] headers = path.EndsWith("rotate", StringComparison.Ordinal) ? [] : [("Session-Consistency", "strong")];
        var (calls, answers) = await RepeatAsync(200, () => _api.SendAsUserAsync(token, method, path, null, headers));

        Assert.InRange(calls, 1, 2);
        Assert.Equal([(401, 200)], answers);
        var last = await _api.SendAsUserAsync(token, method, path, null, headers);
        Assert.Equal("revoked", last.Text("reason"));
    }

    [Fact]
    public async Task Signing_out_200_times_with_one_token_costs_as_much_as_twice()
    {
        var (_, token) = await _api.CreateAsync();
        var (twice, _) = await RepeatAsync(2, () => _api.SendAsUserAsync(token, "DELETE", "/api/v1/session"));

        var (calls, answers) = await RepeatAsync(198, () => _api.SendAsUserAsync(token, "DELETE", "/api/v1/session"));

        Assert.InRange(twice, 2, 10);
        Assert.Equal(0, calls);
        Assert.Equal([(204, 198)], answers);
    }

    [Fact]
    public async Task A_refused_token_that_a_service_introspects_200_times_is_looked_up_once()
    {
        var (sid, token) = await _api.CreateAsync();
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}")).Status);
        _api.Clock.Advance(TimeSpan.FromMinutes(1));

        var (calls, answers) = await RepeatAsync(
            200, () => _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}"}""", ("Session-Consistency", "strong")));

        Assert.InRange(calls, 1, 2);
        Assert.Equal([(200, 200)], answers);
    }

    [Fact]
    public async Task A_verdict_is_forgotten_after_the_window()
    {
        var (sid, token) = await _api.CreateAsync();
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}")).Status);
        _api.Clock.Advance(TimeSpan.FromMinutes(1));
        await RepeatAsync(5, () => _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", "strong")));
        _api.Clock.Advance(TimeSpan.FromSeconds(10));

        var (calls, _) = await RepeatAsync(5, () => _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", "strong")));

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_token_that_was_unknown_is_accepted_as_soon_as_its_row_is_there()
    {
        var (_, token) = await _api.CreateAsync();
        var isHidden = true;
        _api.TableHook = operation => isHidden ? throw new SessionCore.Tables.StoreUnavailableException("Not yet.") : ValueTask.CompletedTask;
        await RepeatAsync(30, () => _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", "strong")));
        isHidden = false;

        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", "strong"))).Status);
    }

    [Fact]
    public async Task A_session_that_has_just_lapsed_is_looked_up_again_because_a_touch_may_be_on_its_way()
    {
        var (_, token) = await _api.CreateAsync("""{"userId":"alice","idleTimeoutSeconds":60}""");
        _api.Clock.Advance(TimeSpan.FromSeconds(61));

        var (calls, answers) = await RepeatAsync(3, () => _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", "strong")));
        Assert.Equal(6, calls);
        Assert.Equal([(401, 3)], answers);

        _api.Clock.Advance(TimeSpan.FromMinutes(2));
        (calls, _) = await RepeatAsync(100, () => _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", "strong")));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task An_address_that_has_spent_its_looks_costs_none_for_further_bad_tokens_and_serves_those_known_good()
    {
        var (_, good) = await _api.CreateAsync();
        Assert.Equal(200, (await _api.SendAsUserAsync(good, "GET", "/api/v1/session")).Status);
        var old = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            var (sid, token) = await _api.CreateAsync("""{"userId":"mallory"}""");
            Assert.Equal(200, (await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate")).Status);
            old.Add(token);
        }

        _api.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var token in old.Take(20))
        {
            Assert.Equal(401, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", "strong"))).Status);
        }

        var rest = old.Skip(20).GetEnumerator();
        var (calls, answers) = await RepeatAsync(20, () => _api.SendAsUserAsync(rest.MoveNext() ? rest.Current : "", "GET", "/api/v1/session"));
        Assert.Equal(0, calls);
        Assert.Equal([(429, 20)], answers);
        Assert.Equal(200, (await _api.SendAsUserAsync(good, "GET", "/api/v1/session", null, ("Session-Consistency", "strong"))).Status);
        _api.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(401, (await _api.SendAsUserAsync(old[^1], "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task A_good_token_seen_for_the_first_time_is_served_to_an_address_that_has_spent_its_failures()
    {
        var (_, bad) = await _api.CreateAsync();
        var (_, good) = await _api.CreateAsync("""{"userId":"bob"}""");
        Assert.Equal(200, (await _api.SendAsUserAsync(bad, "POST", "/api/v1/session/rotate")).Status);
        _api.Clock.Advance(TimeSpan.FromMinutes(1));
        await RepeatAsync(100, () => _api.SendAsUserAsync(bad, "GET", "/api/v1/session"));
        await RepeatAsync(100, () => _api.SendAsUserAsync("sst_garbage", "GET", "/api/v1/session"));

        Assert.Equal(200, (await _api.SendAsUserAsync(good, "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task Readiness_asks_the_store_once_a_second_however_many_ask()
    {
        // The first look of an instance also writes which keys it has.
        await _api.SendRawAsync("GET", "/api/health/ready", null);
        _api.Clock.Advance(TimeSpan.FromSeconds(1));
        var (calls, answers) = await RepeatAsync(300, () => _api.SendRawAsync("GET", "/api/health/ready", null));
        Assert.Equal(1, calls);
        Assert.Equal([(200, 300)], answers);
        _api.Clock.Advance(TimeSpan.FromSeconds(1));
        (calls, _) = await RepeatAsync(300, () => _api.SendRawAsync("GET", "/api/health/ready", null));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_caller_without_the_scope_is_logged_once_in_ten_seconds()
    {
        var weak = SessionApi.Callers.ServiceKey.New("weak");
        await using var api = new ApiFixture(ApiFixture.KeyEntry(1, weak, "sessions.introspect", DateTimeOffset.Parse("2030-02-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture), "weak"));
        for (var i = 0; i < 50; i++)
        {
            var answer = await api.SendRawAsync("GET", "/api/v1/sessions?userId=alice", null, ("Authorization", "Bearer " + weak.Reveal()));
            Assert.Equal(403, answer.Status);
        }

        Assert.Equal(1, api.Logs.Ids.Count(id => id == 2101));
    }

    private async Task<(int Calls, (int Status, int Count)[] Answers)> RepeatAsync(int times, Func<Task<ApiAnswer>> ask)
    {
        var before = _api.Tables.TotalCalls;
        var statuses = new List<int>();
        for (var i = 0; i < times; i++)
        {
            statuses.Add((await ask()).Status);
        }

        return (_api.Tables.TotalCalls - before, [.. statuses.CountBy(status => status).OrderBy(group => group.Key).Select(group => (group.Key, group.Value))]);
    }
}
