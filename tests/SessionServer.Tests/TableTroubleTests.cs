using System.Net;
using Support.Faults;

namespace SessionServer.Tests;

/// <summary>
/// The API while its table is in trouble, over HTTP and real Azurite: uncertain answers are 503, and nothing is accepted.
/// </summary>
public sealed class TableTroubleTests(ProxiedServer server) : IClassFixture<ProxiedServer>
{
    private static readonly Dictionary<string, HttpFault> Faults = new(StringComparer.Ordinal)
    {
        ["hanging"] = HttpFault.BlackHole,
        ["resetting connections"] = HttpFault.Reset,
        ["losing its answers"] = HttpFault.CutAnswer,
        ["a page of HTML"] = HttpFault.Html,
        ["half a document"] = HttpFault.HalfAnswer,
        ["busy"] = HttpFault.Answer(503, "ServerBusy"),
        ["failing"] = HttpFault.Answer(500, "InternalError"),
        ["a gateway's 404"] = HttpFault.Answer(404, "NotFound"),
    };

    public static TheoryData<string> Troubles => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task What_the_table_cannot_tell_is_503_everywhere(string trouble)
    {
        var (sid, token) = await server.Api.CreateAsync("alice");
        server.Proxy.Fate = _ => Faults[trouble];

        var answers = await Task.WhenAll(
            server.Api.ServiceAsync("POST", "/v1/sessions/introspect", $$"""{"token":"{{token}}"}"""),
            server.Api.ServiceAsync("GET", "/v1/sessions/" + sid),
            server.Api.ServiceAsync("PATCH", $"/v1/sessions/{sid}/data", "{}", ("Content-Type", "application/merge-patch+json")),
            server.Api.ServiceAsync("POST", "/v1/sessions", """{"userId":"bob"}"""),
            server.Api.UserAsync(token, "GET", "/v1/session"),
            server.Api.UntilReadinessIsAsync(HttpStatusCode.ServiceUnavailable));

        server.Proxy.Fate = null;
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
        Assert.All(answers, answer => Assert.NotNull(answer.Header("Retry-After")));
        Assert.True(await server.Api.IsActiveAsync(token));
    }

    [Fact]
    public async Task The_wait_that_the_table_asks_for_is_passed_on()
    {
        var (_, token) = await server.Api.CreateAsync("alice");
        server.Proxy.Fate = _ => HttpFault.Answer(503, "ServerBusy", retryAfterSeconds: 7);

        var read = await server.Api.UserAsync(token, "GET", "/v1/session");
        var write = await server.Api.ServiceAsync("POST", "/v1/sessions", """{"userId":"bob"}""");

        server.Proxy.Fate = null;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "7"), (read.Status, read.Header("Retry-After")));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "7"), (write.Status, write.Header("Retry-After")));
    }
}
