using SessionApi.Operations;

namespace SessionApi.Tests;

public sealed class UnmatchedTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v2/sessions")]
    [InlineData("/api/v1//sessions")]
    [InlineData("/api/v1/sessions/a/b/c")]
    [InlineData("/api/.git/config")]
    [InlineData("/admin")]
    public async Task A_path_without_an_operation_is_404(string path)
    {
        var answer = await _api.SendAsync("GET", path);
        Assert.Equal((404, "route-not-found"), (answer.Status, answer.Problem));
        Assert.Equal(0, _api.Tables.TotalCalls);
    }

    [Theory]
    [InlineData("/api/v1/sessions", "POST, GET, HEAD, DELETE")]
    [InlineData("/api/v1/session", "GET, HEAD, DELETE")]
    [InlineData("/api/v1/sessions/x/data", "GET, HEAD, PUT, PATCH")]
    public async Task Another_method_is_405_with_those_there_are(string path, string allow)
    {
        foreach (var method in new[] { "TRACE", "CONNECT", "OPTIONS", "PROPFIND", "get", "X" })
        {
            var answer = await _api.SendAsync(method, path);
            Assert.Equal((405, "method-not-allowed", allow), (answer.Status, answer.Problem, answer.Header("Allow")));
        }
    }

    [Theory]
    [InlineData("/v1/sessions")]
    [InlineData("/v1/session")]
    [InlineData("/api//v1/session")]
    [InlineData("/api/v1//session")]
    [InlineData("//api/v1/session")]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/")]
    public async Task A_path_beside_the_routes_is_404_for_every_method(string path)
    {
        foreach (var method in new[] { "GET", "POST" })
        {
            var answer = await _api.SendAsync(method, path);
            Assert.Equal((404, "route-not-found", null), (answer.Status, answer.Problem, answer.Header("Allow")));
        }
    }

    [Fact]
    public async Task Every_operation_takes_its_methods_and_no_other()
    {
        string[] methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];
        foreach (var route in OperationTable.All.GroupBy(operation => operation.Route, StringComparer.Ordinal))
        {
            var taken = route.SelectMany(operation => operation.Methods).ToHashSet(StringComparer.Ordinal);

            // A literal segment stands in the place of a sid as well, where other methods may be taken.
            if (route.Key is "v1/sessions/introspect" or "v1/sessions/introspections")
            {
                taken.UnionWith(["GET", "HEAD", "DELETE"]);
            }

            foreach (var method in methods)
            {
                var answer = await _api.SendRawAsync(method, "/api/" + route.Key.Replace("{sid}", "x", StringComparison.Ordinal).Replace("{key}", "x", StringComparison.Ordinal), json: null);
                Assert.Equal(!taken.Contains(method), answer.Status == 405);
            }
        }
    }
}
