namespace SessionApi.Tests.Http;

/// <summary>RFC 9110 section 13, on data, claims and sessions.</summary>
public sealed class PreconditionTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("If-None-Match", "*", 412)]
    [InlineData("If-None-Match", "\"1\"", 412)]
    [InlineData("If-None-Match", "W/\"1\"", 412)]
    [InlineData("If-None-Match", "\"x\", W/\"1\"", 412)]
    [InlineData("If-None-Match", "\"7\"", 200)]
    [InlineData("If-None-Match", "\"x\", \"01\"", 200)]
    [InlineData("If-Match", "*", 200)]
    [InlineData("If-Match", "\"1\"", 200)]
    [InlineData("If-Match", "\"x\" , \"1\"", 200)]
    [InlineData("If-Match", "\"7\",\"8\"", 412)]
    [InlineData("If-Match", "W/\"1\"", 412)]
    [InlineData("If-Match", "\"01\"", 412)]
    [InlineData("If-Match", "\"\"", 412)]
    [InlineData("If-Match", "\"99999999999999999999\"", 412)]
    [InlineData("If-Match", "1", 400)]
    [InlineData("If-Match", "\"1", 400)]
    [InlineData("If-Match", "", 400)]
    [InlineData("If-Match", "*, \"1\"", 400)]
    [InlineData("If-None-Match", "1", 400)]
    public async Task A_write_is_made_exactly_when_its_condition_holds(string header, string value, int status)
    {
        foreach (var (method, member) in new[] { ("PUT", "data"), ("PATCH", "data"), ("PUT", "claims") })
        {
            var (sid, _) = await _api.CreateAsync("""{"data":{"a":1},"claims":{"a":1}}""");
            var answer = await _api.SendAsync(method, $"/api/v1/sessions/{sid}/{member}", """{"a":2}""", (header, value));
            Assert.Equal(status, answer.Status);
            var now = (await _api.SendAsync("GET", $"/api/v1/sessions/{sid}")).Json.GetProperty(member).GetRawText();
            Assert.Equal(status == 200 ? """{"a":2}""" : """{"a":1}""", now);
            if (status == 412)
            {
                Assert.Equal("\"1\"", answer.Header("ETag"));
            }
        }
    }

    [Fact]
    public async Task Lines_of_a_list_are_one_list()
    {
        var (sid, _) = await _api.CreateAsync();
        Assert.Equal(200, (await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/data", "{}", ("If-Match", "\"9\""), ("If-Match", "\"1\""))).Status);
    }

    [Theory]
    [InlineData("If-None-Match", "\"1\"", 304)]
    [InlineData("If-None-Match", "W/\"1\"", 304)]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-None-Match", "\"0\", \"1\"", 304)]
    [InlineData("If-None-Match", "\"2\"", 200)]
    [InlineData("If-Match", "*", 200)]
    [InlineData("If-Match", "\"1\"", 200)]
    [InlineData("If-Match", "\"2\"", 412)]
    [InlineData("If-Match", "W/\"1\"", 412)]
    public async Task A_read_is_answered_as_its_condition_says(string header, string value, int status)
    {
        var (sid, token) = await _api.CreateAsync();
        foreach (var method in new[] { "GET", "HEAD" })
        {
            foreach (var target in new[] { $"/api/v1/sessions/{sid}", $"/api/v1/sessions/{sid}/data", "/api/v1/session" })
            {
                var answer = target.EndsWith("/session", StringComparison.Ordinal)
                    ? await _api.SendAsUserAsync(token, method, target, null, (header, value))
                    : await _api.SendAsync(method, target, null, (header, value));
                Assert.Equal((status, "\"1\""), (answer.Status, answer.Header("ETag")));
                Assert.Equal("no-store", answer.Header("Cache-Control"));
                Assert.Equal(status == 304 || method == "HEAD", answer.Body.Length == 0);
            }
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"1\"")]
    public async Task A_write_without_versions_is_refused_under_If_None_Match(string value)
    {
        var (sid, _) = await _api.CreateAsync();
        Assert.Equal(412, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}", null, ("If-None-Match", value))).Status);
        Assert.Equal(412, (await _api.SendAsync("DELETE", "/api/v1/sessions?userId=alice", null, ("If-None-Match", value))).Status);
        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
    }
}
