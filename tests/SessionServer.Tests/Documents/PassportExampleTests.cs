using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionServer.Tests.Documents;

/// <summary>The examples of passports in docs/http-api.md, by a server that issues them.</summary>
public sealed class PassportExampleTests
{
    [Fact]
    public async Task The_examples_of_passports_are_what_the_API_answers()
    {
        var azurite = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        var settings = new Dictionary<string, string>(PassportSettings.New(), StringComparer.OrdinalIgnoreCase) { ["Cache:OperationTimeout"] = "00:00:04" };
        await using var server = await SessionServerProcess.StartAsync(azurite.ConnectionString, redis.Address, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var examples = new HttpExamples(api);
        var (sid, token) = await api.CreateAsync("dora");

        await examples.SendAsync("passport", "POST /v1/session/passport", token, """{"audience":"orders"}""");
        await examples.SendAsync(
            "passport", "POST /v1/sessions/introspect", api.ServiceKey, $$$"""{"token":"{{{token}}}","passport":{"audience":"orders"}}""", only: ["active", "session.userId", "passport"]);
        await examples.SendAsync("passport", "POST /v1/session/passport", token, """{"audience":"payments"}""");
        var feed = await api.ServiceAsync("GET", "/v1/endings");
        await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        await examples.SendAsync("endings", $"GET /v1/endings?after={feed.TextOf("cursor")}", api.ServiceKey, body: null, [("Prefer", "wait=2")]);
        await examples.SendAsync("endings", $"GET /v1/endings/{sid}", api.ServiceKey);

        Assert.All(examples.Parts, part => Document.AssertPart("docs/http-api.md", part.Key, [.. part.Value, ""]));
    }
}
