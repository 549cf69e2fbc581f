namespace SessionApi.Tests.Operations;

public sealed class ClaimsTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Claims_are_replaced_and_the_next_reads_have_them()
    {
        var (sid, token) = await _api.CreateAsync("""{"userId":"alice","claims":{"role":"user"},"data":{"cart":1}}""");
        var answer = await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/claims", """{ "role" : "admin" }""");
        Assert.Equal((200, """{"role":"admin"}""", "\"2\""), (answer.Status, answer.Body, answer.Header("ETag")));

        Assert.Equal("admin", (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Json.GetProperty("claims").GetProperty("role").GetString());
        var session = (await _api.SendAsync("GET", $"/api/v1/sessions/{sid}")).Json;
        Assert.Equal("""{"cart":1}""", session.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Of_two_writes_under_one_tag_the_second_is_412_and_a_touch_makes_no_tag_stale()
    {
        var (sid, _) = await _api.CreateAsync();
        var target = $"/api/v1/sessions/{sid}/claims";
        _api.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("\"2\"", (await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/touch")).Header("ETag"));
        Assert.Equal(200, (await _api.SendAsync("PUT", target, """{"n":1}""", ("If-Match", "\"1\""))).Status);
        var late = await _api.SendAsync("PUT", target, """{"n":2}""", ("If-Match", "\"1\""));
        Assert.Equal((412, "\"3\""), (late.Status, late.Header("ETag")));
    }

    [Theory]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("{\"a\":1,\"a\":2}", 400)]
    public async Task Claims_are_one_object(string body, int status)
    {
        var (sid, _) = await _api.CreateAsync();
        Assert.Equal(status, (await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/claims", body)).Status);
    }

    [Fact]
    public async Task Claims_over_4_KiB_are_413()
    {
        var (sid, _) = await _api.CreateAsync();
        var target = $"/api/v1/sessions/{sid}/claims";
        Assert.Equal(200, (await _api.SendAsync("PUT", target, $$"""{"a":"{{new string('x', 4088)}}"}""")).Status);
        var answer = await _api.SendAsync("PUT", target, $$"""{"a":"{{new string('x', 4089)}}"}""");
        Assert.Equal((413, "claims-too-large"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task Claims_of_an_ended_session_are_404_and_revive_nothing()
    {
        var (sid, _) = await _api.CreateAsync();
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");
        Assert.Equal(404, (await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/claims", "{}")).Status);
        Assert.Equal(404, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
    }

    [Fact]
    public async Task Rotate_replaces_claims_with_the_token_and_keeps_them_when_none_are_sent()
    {
        var (sid, _) = await _api.CreateAsync("""{"userId":"alice","claims":{"role":"user"}}""");
        var rotated = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", """{"claims":{"role":"admin"}}""");
        Assert.Equal((200, "\"2\""), (rotated.Status, rotated.Header("ETag")));
        Assert.Equal("""{"role":"admin"}""", rotated.Json.GetProperty("session").GetProperty("claims").GetRawText());
        Assert.Equal(412, (await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/claims", "{}", ("If-Match", "\"1\""))).Status);

        var again = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate");
        Assert.Equal("""{"role":"admin"}""", again.Json.GetProperty("session").GetProperty("claims").GetRawText());
    }

    [Fact]
    public async Task An_upgrade_takes_the_claims_and_repeated_gives_the_same_token()
    {
        var (sid, _) = await _api.CreateAsync("""{"claims":{"role":"guest"},"data":{"cart":1}}""");
        const string request = """{"userId":"alice","claims":{"role":"user"}}""";
        var first = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", request);
        var second = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", request);
        Assert.Equal((200, first.Text("token")), (second.Status, second.Text("token")));
        var session = first.Json.GetProperty("session");
        Assert.Equal(("""{"role":"user"}""", """{"cart":1}"""), (session.GetProperty("claims").GetRawText(), session.GetProperty("data").GetRawText()));
        Assert.Equal(404, (await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", """{"userId":"alice","claims":{"role":"admin"}}""")).Status);
    }
}
