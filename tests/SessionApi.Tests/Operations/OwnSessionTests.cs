namespace SessionApi.Tests.Operations;

public sealed class OwnSessionTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_user_sees_claims_but_never_data()
    {
        var (sid, token) = await _api.CreateAsync("""{"userId":"alice","claims":{"name":"A"},"data":{"secret":"s3cr3t"}}""");
        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session");

        Assert.Equal((200, sid), (answer.Status, answer.Text("sid")));
        Assert.Equal("A", answer.Json.GetProperty("claims").GetProperty("name").GetString());
        Assert.DoesNotContain("s3cr3t", answer.Body, StringComparison.Ordinal);
        Assert.False(answer.Json.TryGetProperty("data", out _));
        Assert.False(answer.Json.TryGetProperty("csrfToken", out _));
    }

    [Fact]
    public async Task Asking_who_I_am_a_hundred_times_changes_nothing()
    {
        var (_, token) = await _api.CreateAsync();
        var tag = (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Header("ETag");
        var writes = _api.Tables.RowsWritten;
        for (var i = 0; i < 100; i++)
        {
            _api.Clock.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(tag, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Header("ETag"));
        }

        Assert.Equal(writes, _api.Tables.RowsWritten);
    }

    [Fact]
    public async Task A_touch_renews_the_idle_end_and_never_the_absolute_one()
    {
        var (_, token) = await _api.CreateAsync();
        var before = await _api.SendAsUserAsync(token, "GET", "/api/v1/session");
        _api.Clock.Advance(TimeSpan.FromMinutes(30));

        var after = await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch");

        Assert.Equal(200, after.Status);
        Assert.Equal(_api.Clock.GetUtcNow() + TimeSpan.FromHours(1), after.Json.GetProperty("idleExpiresAt").GetDateTimeOffset());
        Assert.Equal(before.Text("absoluteExpiresAt"), after.Text("absoluteExpiresAt"));
    }

    [Fact]
    public async Task A_rotated_token_counts_for_ten_more_seconds()
    {
        var (sid, token) = await _api.CreateAsync();
        var rotated = await _api.SendAsUserAsync(token, "POST", "/api/v1/session/rotate");

        Assert.Equal((200, sid), (rotated.Status, rotated.Text("sid")));
        Assert.False(rotated.Json.GetProperty("session").TryGetProperty("data", out _));
        _api.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
        _api.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/rotate")).Status);
        Assert.Equal(200, (await _api.SendAsUserAsync(rotated.Text("token"), "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task Signing_out_twice_is_fine_and_the_token_is_dead()
    {
        var (_, token) = await _api.CreateAsync();
        Assert.Equal(204, (await _api.SendAsUserAsync(token, "DELETE", "/api/v1/session")).Status);
        var dead = await _api.SendAsUserAsync(token, "GET", "/api/v1/session");
        Assert.Equal((401, "signed-out"), (dead.Status, dead.Text("reason")));
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch")).Status);
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/rotate")).Status);
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "GET", "/api/v1/me/sessions")).Status);
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "DELETE", "/api/v1/me/sessions")).Status);
        Assert.Equal(204, (await _api.SendAsUserAsync(token, "DELETE", "/api/v1/session")).Status);
        Assert.Equal(401, (await _api.SendAsUserAsync("sst_" + token[4..].ToUpperInvariant(), "DELETE", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task My_devices_are_listed_without_content_and_the_one_asking_is_marked()
    {
        var (_, other) = await _api.CreateAsync("""{"userId":"alice","claims":{"a":1},"data":{"b":1},"device":{"label":"Phone"}}""");
        var (sid, token) = await _api.CreateAsync("""{"userId":"alice","device":{"label":"Laptop"}}""");
        await _api.CreateAsync("""{"userId":"bob"}""");

        var sessions = (await _api.SendAsUserAsync(token, "GET", "/api/v1/me/sessions")).Json.GetProperty("sessions").EnumerateArray().ToArray();

        Assert.Equal(2, sessions.Length);
        Assert.All(sessions, session => Assert.False(session.TryGetProperty("claims", out _) || session.TryGetProperty("data", out _)));
        Assert.Equal(sid, Assert.Single(sessions, session => session.GetProperty("current").GetBoolean()).GetProperty("sid").GetString());
        Assert.Contains("Phone", sessions.Select(session => session.GetProperty("device").GetProperty("label").GetString()));
        Assert.Equal(200, (await _api.SendAsUserAsync(other, "GET", "/api/v1/me/sessions")).Status);
    }

    [Fact]
    public async Task A_user_ends_one_device_then_the_others_then_all()
    {
        var (first, firstToken) = await _api.CreateAsync();
        var (_, secondToken) = await _api.CreateAsync();
        var (_, token) = await _api.CreateAsync();

        Assert.Equal(204, (await _api.SendAsUserAsync(token, "DELETE", $"/api/v1/me/sessions/{first}")).Status);
        Assert.Equal(401, (await _api.SendAsUserAsync(firstToken, "GET", "/api/v1/session")).Status);
        Assert.Equal(204, (await _api.SendAsUserAsync(token, "DELETE", $"/api/v1/me/sessions/{first}")).Status);

        Assert.Equal("""{"ended":1}""", (await _api.SendAsUserAsync(token, "DELETE", "/api/v1/me/sessions?except=current")).Body);
        Assert.Equal(401, (await _api.SendAsUserAsync(secondToken, "GET", "/api/v1/session")).Status);
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);

        Assert.Equal(400, (await _api.SendAsUserAsync(token, "DELETE", "/api/v1/me/sessions?except=all")).Status);
        Assert.Equal("""{"ended":1}""", (await _api.SendAsUserAsync(token, "DELETE", "/api/v1/me/sessions")).Body);
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
    }
}
