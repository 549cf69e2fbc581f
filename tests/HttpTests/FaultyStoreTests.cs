using System.Net;
using Support.Faults;
using Support.Http;

namespace HttpTests;

/// <summary>
/// Tables that are down, hang or throttle: operations that need them answer 503 with Retry-After, the others keep working.
/// </summary>
public sealed class FaultyStoreTests(FaultyStore store) : IClassFixture<FaultyStore>
{
    public static TheoryData<string> Faults => ["down", "hanging", "throttling"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_cannot_be_told_is_503_and_nothing_is_accepted_or_lost(string fault)
    {
        var api = store.Client;
        var (sid, token) = await api.CreateAsync("alice", """{"n":1}""");
        store.Proxy.Fate = _ => fault switch
        {
            "down" => HttpFault.Reset,
            "hanging" => HttpFault.BlackHole,
            _ => HttpFault.Answer(503, "ServerBusy"),
        };
        Task<ApiAnswer>[] calls =
        [
            api.ServiceAsync("POST", "/v1/sessions", "{}"),
            api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}"),
            api.UserAsync(token, "GET", "/v1/session"),
            api.UserAsync(token, "POST", "/v1/session/rotate"),
            api.ServiceAsync("GET", $"/v1/sessions/{sid}"),
            api.ServiceAsync("PATCH", $"/v1/sessions/{sid}/data", """{"m":2}"""),
            api.ServiceAsync("DELETE", $"/v1/sessions/{sid}"),
            api.ServiceAsync("DELETE", "/v1/sessions?userId=alice"),
            api.ServiceAsync("GET", "/v1/sessions?userId=alice"),
            api.OperatorAsync("GET", "/v1/operations/status"),
        ];
        var answers = await Task.WhenAll(calls);
        var ready = await api.UntilReadinessIsAsync(HttpStatusCode.ServiceUnavailable);
        var live = await api.SendAsync("GET", "/health/live", credential: null);
        var forged = await api.ServiceAsync("POST", "/v1/sessions/introspect", """{"token":"sst_garbage"}""");
        store.Proxy.Fate = null;

        Assert.All(answers, answer =>
        {
            Assert.Equal((503, "store-unavailable"), ((int)answer.Status, answer.Problem));
            Assert.NotNull(answer.Header("Retry-After"));
        });
        Assert.Equal((503, 200), ((int)ready.Status, (int)live.Status));
        Assert.Equal("{\"active\":false}", forged.Text);
        Assert.True(await api.IsActiveAsync(token));
        Assert.Equal("""{"n":1}""", (await api.ServiceAsync("GET", $"/v1/sessions/{sid}/data", body: null, ("Session-Consistency", "strong"))).Text);
    }
}
