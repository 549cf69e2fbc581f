using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>A Redis that refuses writes for a while, as one does that is no longer the primary.</summary>
public sealed class ReadOnlyCacheTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task While_Redis_is_read_only_nothing_fails_and_an_end_is_202_and_204_again_afterwards()
    {
        var tables = await AzuriteServer.SharedAsync();
        await using var redis = await RedisServer.StartAsync(CancellationToken.None);
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings: null, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (sid, token) = await api.CreateAsync("alice", """{"n":1}""");
        Assert.True(await api.IsActiveAsync(token));

        // The primary that it follows is not there, so it keeps what it has.
        await redis.FollowAsync(FreePort.Next(), CancellationToken.None);

        Assert.Equal(201, (int)(await api.ServiceAsync("POST", "/v1/sessions", """{"userId":"bob"}""")).Status);
        Assert.Equal(200, (int)(await api.ServiceAsync("PATCH", $"/v1/sessions/{sid}/data", """{"m":2}""")).Status);
        Assert.Equal("""{"n":1,"m":2}""", (await api.ServiceAsync("GET", $"/v1/sessions/{sid}/data")).Text);
        Assert.Equal(200, (int)(await api.UserAsync(token, "GET", "/v1/session")).Status);
        var ended = await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        Assert.Equal(202, (int)ended.Status);
        Assert.True(ended.Json.TryGetProperty("effectiveBy", out _));
        Assert.False((await api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}")).Json.GetProperty("active").GetBoolean());

        await redis.PromoteAsync(CancellationToken.None);

        Assert.Equal(204, await UntilEndsAreConfirmedAsync(api));
    }

    // The client asks for the role once a second.
    private static async Task<int> UntilEndsAreConfirmedAsync(ApiClient api)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var (sid, _) = await api.CreateAsync("carol");
            var ended = await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
            if ((int)ended.Status != 202 || limit.IsCancellationRequested)
            {
                return (int)ended.Status;
            }
        }
    }
}
