namespace HttpTests;

/// <summary>What no operation takes is answered by the API itself, and by no host.</summary>
public sealed class UnmatchedTests(RunningHost host) : HttpSuite(host)
{
    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("POST", "/v1/session/nothing/at/all")]
    [InlineData("GET", "")]
    public async Task An_unknown_path_is_404_with_a_problem_and_the_APIs_headers(string method, string path)
    {
        var answer = await Api.SendAsync(method, path, credential: null);

        Assert.Equal((404, "route-not-found"), ((int)answer.Status, answer.Problem));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Null(answer.Header("Server"));
    }

    [Theory]
    [InlineData("PUT", "/v1/session", "GET, HEAD, DELETE")]
    [InlineData("PATCH", "/v1/operations/purge", "POST")]
    [InlineData("FOO", "/v1/sessions/introspect", "POST")]
    public async Task Another_method_is_405_with_those_that_there_are(string method, string path, string allowed)
    {
        var answer = await Api.SendAsync(method, path, credential: null);

        Assert.Equal((405, "method-not-allowed", allowed), ((int)answer.Status, answer.Problem, answer.Header("Allow")));
    }

    [Fact]
    public async Task A_preflight_of_a_known_origin_is_answered()
    {
        var answer = await Api.SendAsync(
            "OPTIONS", "/v1/session", credential: null, body: null, ("Origin", RunningHost.Origin), ("Access-Control-Request-Method", "DELETE"));

        Assert.Equal((204, RunningHost.Origin), ((int)answer.Status, answer.Header("Access-Control-Allow-Origin")));
        Assert.Contains("DELETE", answer.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preflight_of_another_origin_allows_nothing()
    {
        var answer = await Api.SendAsync(
            "OPTIONS", "/v1/session", credential: null, body: null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "DELETE"));

        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
    }
}
