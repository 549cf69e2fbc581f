namespace SessionApi.Tests.Http;

public sealed class HeaderTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/health/live", 200)]
    [InlineData("GET", "/api/nowhere", 404)]
    [InlineData("TRACE", "/api/v1/session", 405)]
    [InlineData("GET", "/api/v1/session", 401)]
    [InlineData("GET", "/api/v1/session?x=1", 400)]
    [InlineData("GET", "/api/openapi/v1.json", 200)]
    [InlineData("GET", "/api/asyncapi/v1.json", 200)]
    public async Task Every_answer_forbids_caching_sniffing_framing_and_embedding(string method, string target, int status)
    {
        var answer = await _api.SendRawAsync(method, target, json: null);
        Assert.Equal(status, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Header("Strict-Transport-Security"));
        Assert.Equal(status == 200 ? "application/json; charset=utf-8" : "application/problem+json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Null(answer.Header("Server"));
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true)]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false)]
    [InlineData("garbage", false)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX: 1", false)]
    public async Task A_traceparent_is_echoed_when_it_is_one(string value, bool isEchoed)
    {
        var answer = await _api.SendRawAsync("GET", "/api/health/live", null, ("traceparent", value));
        Assert.Equal(isEchoed ? value : null, answer.Header("traceparent"));
    }

    [Fact]
    public async Task A_write_that_cannot_be_conditional_is_refused_with_a_condition()
    {
        var (sid, token) = await _api.CreateAsync();
        Assert.Equal(400, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}", null, ("If-Match", "\"1\""))).Status);
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task The_tag_of_the_whole_session_names_its_data_too()
    {
        var (sid, _) = await _api.CreateAsync();
        _api.Clock.Advance(TimeSpan.FromMinutes(10));
        var touched = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/touch");
        Assert.Equal("\"2\"", touched.Header("ETag"));

        var written = await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/data", """{"a":1}""", ("If-Match", "\"2\""));
        Assert.Equal(200, written.Status);
        Assert.Equal(412, (await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/data", """{"a":2}""", ("If-Match", "\"2\""))).Status);
        Assert.Equal(412, (await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/data", """{"a":2}""", ("If-Match", "\"9\""))).Status);
    }

    [Theory]
    [InlineData("strong", 200)]
    [InlineData("cached", 200)]
    [InlineData("Strong", 400)]
    [InlineData("", 400)]
    [InlineData("eventual", 400)]
    public async Task Consistency_is_strong_or_cached(string value, int status)
    {
        var (sid, _) = await _api.CreateAsync();
        Assert.Equal(status, (await _api.SendAsync("GET", $"/api/v1/sessions/{sid}", null, ("Session-Consistency", value))).Status);
    }

    [Fact]
    public async Task The_answer_tells_its_source_and_strong_asks_the_table()
    {
        var (sid, _) = await _api.CreateAsync();
        var target = $"/api/v1/sessions/{sid}";
        await _api.SendAsync("GET", target);
        Assert.Equal("cache", (await _api.SendAsync("GET", target)).Header("Session-Source"));
        Assert.Equal("table", (await _api.SendAsync("GET", target, null, ("Session-Consistency", "strong"))).Header("Session-Source"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("é")]
    [InlineData("a\tb")]
    public async Task An_idempotency_key_is_printable_ASCII(string key)
    {
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", "{}", ("Idempotency-Key", key));
        Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    public async Task An_idempotency_key_has_1_to_255_characters(int length, int status) =>
        Assert.Equal(status, (await _api.SendAsync("POST", "/api/v1/sessions", "{}", ("Idempotency-Key", new string('k', length)))).Status);

    [Fact]
    public async Task Two_idempotency_keys_are_400() =>
        Assert.Equal(400, (await _api.SendAsync("POST", "/api/v1/sessions", "{}", ("Idempotency-Key", "a"), ("Idempotency-Key", "b"))).Status);

    [Fact]
    public async Task Headers_that_would_change_method_or_path_change_nothing()
    {
        var (sid, _) = await _api.CreateAsync();
        var answer = await _api.SendAsync(
            "GET",
            $"/api/v1/sessions/{sid}",
            null,
            ("X-HTTP-Method-Override", "DELETE"),
            ("X-HTTP-Method", "DELETE"),
            ("X-Original-URL", "/api/v1/sessions"),
            ("X-Rewrite-URL", "/api/v1/sessions"));
        Assert.Equal((200, "live"), (answer.Status, answer.Text("state")));
        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
    }
}
