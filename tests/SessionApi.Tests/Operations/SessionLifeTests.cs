using System.Text.Json;
using SessionApi.Callers;

namespace SessionApi.Tests.Operations;

public sealed class SessionLifeTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_created_session_is_told_with_its_token_and_where_it_is()
    {
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", """{"userId":"alice","claims":{"name":"Alice"},"data":{"cart":[1]}}""");

        Assert.Equal(201, answer.Status);
        var sid = answer.Text("sid");
        Assert.Equal($"/api/v1/sessions/{sid}", answer.Header("Location"));
        Assert.Equal("\"1\"", answer.Header("ETag"));
        Assert.StartsWith("sst_", answer.Text("token"), StringComparison.Ordinal);
        var session = answer.Json.GetProperty("session");
        Assert.Equal(sid, session.GetProperty("sid").GetString());
        Assert.Equal("alice", session.GetProperty("userId").GetString());
        Assert.Equal("live", session.GetProperty("state").GetString());
        Assert.Equal("Alice", session.GetProperty("claims").GetProperty("name").GetString());
        Assert.Equal(1, session.GetProperty("data").GetProperty("cart")[0].GetInt32());
    }

    [Fact]
    public async Task Introspection_tells_a_live_session_and_says_nothing_of_any_other()
    {
        var (sid, token) = await _api.CreateAsync();

        var live = await IntrospectAsync(token);
        Assert.True(live.Json.GetProperty("active").GetBoolean());
        Assert.Equal(sid, live.Json.GetProperty("session").GetProperty("sid").GetString());

        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");
        Assert.Equal("""{"active":false}""", (await IntrospectAsync(token)).Body);
        Assert.Equal("""{"active":false}""", (await IntrospectAsync("sst_x")).Body);
        Assert.Equal("""{"active":false}""", (await IntrospectAsync(_api.Service.Reveal())).Body);
    }

    [Fact]
    public async Task A_token_with_one_character_changed_is_inactive_and_costs_no_look_at_the_store()
    {
        var (_, token) = await _api.CreateAsync();
        _api.Tables.Reset();
        for (var i = 0; i < token.Length; i++)
        {
            var changed = $"{token[..i]}{(token[i] == 'A' ? 'B' : 'A')}{token[(i + 1)..]}";
            Assert.Equal("""{"active":false}""", (await IntrospectAsync(changed)).Body);
        }

        Assert.Equal(0, _api.Tables.TotalCalls);
    }

    [Fact]
    public async Task An_introspection_that_is_told_not_to_touch_prolongs_nothing()
    {
        var (_, token) = await _api.CreateAsync();
        _api.Clock.Advance(TimeSpan.FromMinutes(10));

        var untouched = await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}","touch":false}""");
        var touched = await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}"}""");

        Assert.Equal(3000, untouched.Json.GetProperty("session").GetProperty("idleExpiresInSeconds").GetInt32());
        Assert.Equal(3600, touched.Json.GetProperty("session").GetProperty("idleExpiresInSeconds").GetInt32());
    }

    [Fact]
    public async Task An_ended_session_is_still_told_to_services_but_without_its_content()
    {
        var (sid, _) = await _api.CreateAsync("""{"userId":"alice","claims":{"a":1},"data":{"b":2}}""");
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}?reason=lost-phone")).Status);

        var answer = await _api.SendAsync("GET", $"/api/v1/sessions/{sid}");
        Assert.Equal(200, answer.Status);
        Assert.Equal("ended", answer.Text("state"));
        Assert.Equal("lost-phone", answer.Text("endReason"));
        Assert.False(answer.Json.TryGetProperty("claims", out _));
        Assert.False(answer.Json.TryGetProperty("data", out _));
        Assert.Equal(404, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}")).Status);
    }

    [Fact]
    public async Task HEAD_of_a_live_session_answers_200_without_a_body()
    {
        var (sid, _) = await _api.CreateAsync();
        var answer = await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}");
        Assert.Equal(200, answer.Status);
        Assert.Equal("", answer.Body);
    }

    [Theory]
    [InlineData("GET", "data", null)]
    [InlineData("PUT", "data", "{}")]
    [InlineData("PATCH", "data", "{}")]
    [InlineData("POST", "touch", null)]
    [InlineData("POST", "rotate", null)]
    [InlineData("PUT", "expiry", """{"expiresInSeconds":60}""")]
    public async Task Nothing_revives_an_ended_session(string method, string what, string? json)
    {
        var (sid, token) = await _api.CreateAsync();
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");

        var answer = await _api.SendAsync(method, $"/api/v1/sessions/{sid}/{what}", json);

        Assert.Equal((404, "session-not-found"), (answer.Status, answer.Problem));
        Assert.Equal("""{"active":false}""", (await IntrospectAsync(token)).Body);
    }

    [Fact]
    public async Task Data_is_read_replaced_and_merged()
    {
        var (sid, _) = await _api.CreateAsync("""{"userId":"alice","data":{"a":1}}""");
        var target = $"/api/v1/sessions/{sid}/data";

        Assert.Equal("""{"a":1}""", (await _api.SendAsync("GET", target)).Body);
        Assert.Equal("""{"b":2}""", (await _api.SendAsync("PUT", target, """ { "b" : 2 } """)).Body);
        Assert.Equal("""{"b":2,"c":{"d":3}}""", (await _api.SendAsync("PATCH", target, """{"c":{"d":3}}""")).Body);
        Assert.Equal("""{"c":{"d":3}}""", (await _api.SendAsync("PATCH", target, """{"b":null}""", ("Content-Type", "application/merge-patch+json"))).Body);
    }

    [Fact]
    public async Task A_stale_If_Match_is_412_with_the_tag_to_go_on_with()
    {
        var (sid, _) = await _api.CreateAsync();
        var target = $"/api/v1/sessions/{sid}/data";
        var first = (await _api.SendAsync("GET", target)).Header("ETag")!;
        var second = (await _api.SendAsync("PUT", target, """{"a":1}""", ("If-Match", first))).Header("ETag")!;
        Assert.NotEqual(first, second);

        var stale = await _api.SendAsync("PUT", target, """{"a":2}""", ("If-Match", first));

        Assert.Equal((412, "version-mismatch", second), (stale.Status, stale.Problem, stale.Header("ETag")));
        Assert.Equal("""{"a":1}""", (await _api.SendAsync("GET", target)).Body);
        Assert.Equal(200, (await _api.SendAsync("PATCH", target, """{"a":3}""", ("If-Match", second))).Status);
    }

    [Fact]
    public async Task Expiry_of_zero_or_less_ends_the_session_now()
    {
        foreach (var seconds in new[] { "0", "-1", long.MinValue.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            var (sid, token) = await _api.CreateAsync();
            Assert.Equal(204, (await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/expiry", $$"""{"expiresInSeconds":{{seconds}}}""")).Status);
            Assert.Equal("""{"active":false}""", (await IntrospectAsync(token)).Body);
        }
    }

    [Fact]
    public async Task Rotation_by_a_service_ends_the_old_token_at_once()
    {
        var (sid, token) = await _api.CreateAsync();
        var rotated = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate");

        Assert.Equal(200, rotated.Status);
        Assert.Equal(sid, rotated.Text("sid"));
        Assert.Equal("""{"active":false}""", (await IntrospectAsync(token)).Body);
        Assert.True((await IntrospectAsync(rotated.Text("token"))).Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task An_anonymous_session_becomes_a_users_and_keeps_its_data()
    {
        var (sid, _) = await _api.CreateAsync("""{"data":{"cart":[7]}}""");
        var rotated = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", """{"userId":"bob","assuranceLevel":"aal2"}""");

        Assert.Equal(200, rotated.Status);
        Assert.NotEqual(sid, rotated.Text("sid"));
        Assert.Equal("bob", rotated.Json.GetProperty("session").GetProperty("userId").GetString());
        Assert.Equal("""{"cart":[7]}""", (await _api.SendAsync("GET", $"/api/v1/sessions/{rotated.Text("sid")}/data")).Body);
        var again = await _api.SendAsync("POST", $"/api/v1/sessions/{rotated.Text("sid")}/rotate", """{"userId":"carol"}""");
        Assert.Equal((409, "session-has-user"), (again.Status, again.Problem));
    }

    [Fact]
    public async Task Sessions_of_a_user_are_listed_in_pages_and_counted()
    {
        for (var i = 0; i < 5; i++)
        {
            await _api.CreateAsync("""{"userId":"dora","claims":{"a":1}}""");
            _api.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var sids = new List<string?>();
        string? continuation = null;
        do
        {
            var suffix = continuation is null ? "" : "&continuation=" + Uri.EscapeDataString(continuation);
            var page = await _api.SendAsync("GET", $"/api/v1/sessions?userId=dora&pageSize=2{suffix}");
            var sessions = page.Json.GetProperty("sessions").EnumerateArray().ToArray();
            Assert.InRange(sessions.Length, 1, 2);
            Assert.All(sessions, session => Assert.False(session.TryGetProperty("claims", out _)));
            sids.AddRange(sessions.Select(session => session.GetProperty("sid").GetString()));
            continuation = page.Json.TryGetProperty("continuation", out var next) ? next.GetString() : null;
        }
        while (continuation is not null);

        Assert.Equal(5, sids.Distinct().Count());
        Assert.Equal("""{"count":5}""", (await _api.SendAsync("GET", "/api/v1/sessions?userId=dora&countOnly=true")).Body);
        Assert.Equal("5", (await _api.SendAsync("HEAD", "/api/v1/sessions?userId=dora")).Header("Session-Count"));
    }

    [Fact]
    public async Task Signing_a_user_out_everywhere_can_be_tried_first_and_spares_one()
    {
        var (kept, keptToken) = await _api.CreateAsync();
        var (_, token) = await _api.CreateAsync();

        var dry = await _api.SendAsync("DELETE", $"/api/v1/sessions?userId=alice&except={kept}&dryRun=true");
        Assert.Equal(0, dry.Json.GetProperty("ended").GetInt32());
        Assert.Equal(1, dry.Json.GetProperty("sessions").GetArrayLength());
        Assert.True((await IntrospectAsync(token)).Json.GetProperty("active").GetBoolean());

        Assert.Equal("""{"ended":1}""", (await _api.SendAsync("DELETE", $"/api/v1/sessions?userId=alice&except={kept}")).Body);
        Assert.False((await IntrospectAsync(token)).Json.GetProperty("active").GetBoolean());
        Assert.True((await IntrospectAsync(keptToken)).Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Two_service_keys_that_send_the_same_idempotency_key_get_a_session_each()
    {
        var other = ServiceKey.New("other");
        await using var api = new ApiFixture(ApiFixture.KeyEntry(1, other, ApiFixture.AllScopes, _api.Clock.GetUtcNow() + TimeSpan.FromDays(60), "other"));
        const string Body = """{"userId":"eve"}""";

        var first = await api.SendAsync("POST", "/api/v1/sessions", Body, ("Idempotency-Key", "k1"));
        var second = await api.SendRawAsync("POST", "/api/v1/sessions", Body, ("Authorization", "Bearer " + other.Reveal()), ("Idempotency-Key", "k1"));
        var different = await api.SendRawAsync("POST", "/api/v1/sessions", "{}", ("Authorization", "Bearer " + other.Reveal()), ("Idempotency-Key", "k2"));
        var again = await api.SendAsync("POST", "/api/v1/sessions", Body, ("Idempotency-Key", "k2"));

        Assert.Equal((201, 201, 201, 201), (first.Status, second.Status, different.Status, again.Status));
        Assert.NotEqual(first.Text("sid"), second.Text("sid"));
        Assert.NotEqual(first.Text("token"), second.Text("token"));
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_session_and_token()
    {
        var first = await _api.SendAsync("POST", "/api/v1/sessions", """{"userId":"eve","claims":{"a":1}}""", ("Idempotency-Key", "k1"));
        var second = await _api.SendAsync("POST", "/api/v1/sessions", """ {"claims": {"a": 1}, "userId":"eve"}""", ("Idempotency-Key", "k1"));
        var other = await _api.SendAsync("POST", "/api/v1/sessions", """{"userId":"eve","claims":{"a":2}}""", ("Idempotency-Key", "k1"));

        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.Equal(first.Text("token"), second.Text("token"));
        Assert.Equal(first.Text("sid"), second.Text("sid"));
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Problem));
    }

    [Fact]
    public async Task The_limit_of_a_policy_that_denies_is_409()
    {
        await using var api = new ApiFixture(new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "1", ["Sessions:WhenLimitReached"] = "Deny" });
        await api.CreateAsync();
        var answer = await api.SendAsync("POST", "/api/v1/sessions", """{"userId":"alice"}""");
        Assert.Equal((409, "session-limit", 1), (answer.Status, answer.Problem, answer.Json.GetProperty("limit").GetInt32()));
    }

    private Task<ApiAnswer> IntrospectAsync(string token) =>
        _api.SendAsync("POST", "/api/v1/sessions/introspect", JsonSerializer.Serialize(new { token }));
}
