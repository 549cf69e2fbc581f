namespace SessionApi.Tests.Operations;

/// <summary>What clients, load balancers and browsers send in good faith is served.</summary>
public sealed class LenientRequestTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task HEAD_answers_wherever_GET_does()
    {
        var (sid, token) = await _api.CreateAsync();
        foreach (var target in new[] { "/api/v1/session", "/api/v1/me/sessions" })
        {
            var answer = await _api.SendAsUserAsync(token, "HEAD", target);
            Assert.Equal((200, ""), (answer.Status, answer.Body));
        }

        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}/data")).Status);
        Assert.Equal(403, (await _api.SendAsync("HEAD", "/api/v1/operations/status")).Status);
        Assert.All(
            SessionApi.Operations.OperationTable.All.Where(operation => operation.Methods.Contains("GET")),
            operation => Assert.Contains("HEAD", operation.Methods));
    }

    [Theory]
    [InlineData("Bearer  ", 200)]
    [InlineData("bearer    ", 200)]
    [InlineData("Bearer", 401)]
    public async Task Spaces_after_the_scheme_do_not_count(string scheme, int status)
    {
        var (_, token) = await _api.CreateAsync();
        Assert.Equal(status, (await _api.SendRawAsync("GET", "/api/v1/session", null, ("Authorization", scheme + token))).Status);
        Assert.Equal(status == 200 ? 404 : 401, (await _api.SendRawAsync("GET", "/api/v1/sessions/x", null, ("Authorization", scheme + _api.Service.Reveal()))).Status);
    }

    [Theory]
    [InlineData("/api/health/ready?ts=1", 200)]
    [InlineData("/api/health/live?a=1&a=2", 200)]
    [InlineData("/api/v1/session?ts=1", 400)]
    public async Task Health_ignores_query_parameters(string target, int status) =>
        Assert.Equal(status, (await _api.SendRawAsync("GET", target, json: null)).Status);

    [Theory]
    [InlineData("x", 512, 512)]
    [InlineData("x", 513, 512)]
    [InlineData("\U0001F600", 600, 512)]
    [InlineData("x", 4000, 512)]
    public async Task A_long_user_agent_is_cut_and_the_sign_in_succeeds(string character, int count, int kept)
    {
        var agent = string.Concat(Enumerable.Repeat(character, count));
        var (sid, _) = await _api.CreateAsync($$"""{"device":{"userAgent":"{{agent}}"} }""");
        var session = (await _api.SendAsync("GET", $"/api/v1/sessions/{sid}")).Json;
        Assert.Equal(string.Concat(Enumerable.Repeat(character, kept)), session.GetProperty("device").GetProperty("userAgent").GetString());
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\u00A0\u2003\u3000")]
    [InlineData("\u200B\u200C\u200D\u2060")]
    [InlineData("\uFEFF")]
    [InlineData("\u00AD")]
    [InlineData("\u3164")]
    [InlineData("\u2800 \uFE0F")]
    [InlineData("\U000E0041\U000E0100")]
    public async Task A_user_id_that_cannot_be_seen_is_refused(string userId)
    {
        Assert.Equal(400, (await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"userId":"{{userId}}"}""")).Status);
        Assert.Equal(400, (await _api.SendAsync("DELETE", "/api/v1/sessions?userId=" + Uri.EscapeDataString(userId))).Status);
        var (sid, _) = await _api.CreateAsync("{}");
        Assert.Equal(400, (await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", $$"""{"userId":"{{userId}}"}""")).Status);
    }

    [Theory]
    [InlineData("x y")]
    [InlineData("\u200Bx")]
    [InlineData("0")]
    public async Task A_user_id_with_a_visible_character_is_taken(string userId) =>
        Assert.Equal(201, (await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"userId":"{{userId}}"}""")).Status);
}
