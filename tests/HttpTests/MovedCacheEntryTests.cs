using System.Net;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>What a writer to Redis can do without the key ring: move genuine entries to where they do not belong. The table answers then.</summary>
public sealed class MovedCacheEntryTests
{
    [Fact]
    public async Task Two_values_swapped_in_Redis_give_nobody_the_session_of_another()
    {
        var redis = await RedisServer.SharedAsync();
        await using var server = await StartAsync(redis, settings: null);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (alice, aliceToken) = await api.CreateAsync("alice", """{"of":"alice"}""");
        var (bob, bobToken) = await api.CreateAsync("bob", """{"of":"bob"}""");
        await api.CreateAsync("bob");

        await SwapAsync();
        await AssertIsAsync(alice, "alice");
        await SwapAsync();
        await AssertIsAsync(bob, "bob");
        await SwapAsync();
        Assert.Equal("""{"of":"alice"}""", (await api.ServiceAsync("GET", $"/v1/sessions/{alice}/data")).Text);
        await SwapAsync();
        Assert.Equal("""{"of":"bob"}""", (await api.ServiceAsync("GET", $"/v1/sessions/{bob}/data")).Text);
        await SwapAsync();
        foreach (var (token, user) in new[] { (aliceToken, "alice"), (bobToken, "bob") })
        {
            var answer = await api.ServiceAsync("POST", "/v1/sessions/introspect", $$"""{"token":"{{token}}"}""");
            Assert.Equal(user, answer.Json.GetProperty("session").GetProperty("userId").GetString());
        }

        await SwapAsync();
        Assert.Equal(alice, (await api.UserAsync(aliceToken, "GET", "/v1/session")).TextOf("sid"));
        Assert.Equal(bob, (await api.UserAsync(bobToken, "GET", "/v1/session")).TextOf("sid"));
        await SwapAsync();
        Assert.Equal(1, await CountAsync(api, "alice"));
        Assert.Equal(2, await CountAsync(api, "bob"));
        await SwapAsync();
        var listed = (await api.ServiceAsync("GET", "/v1/sessions?userId=alice")).Json.GetProperty("sessions");
        Assert.Equal([alice], listed.EnumerateArray().Select(session => session.GetProperty("sid").GetString()));

        async Task AssertIsAsync(string sid, string user)
        {
            var answer = await api.ServiceAsync("GET", $"/v1/sessions/{sid}");
            Assert.Equal((sid, user), (answer.TextOf("sid"), answer.TextOf("userId")));
            Assert.Equal(user, answer.Json.GetProperty("data").GetProperty("of").GetString());
        }

        // Every entry of one user stands in the place of the other's; both are filled first.
        async Task SwapAsync()
        {
            await ReachCacheAsync(
                () => api.UserAsync(aliceToken, "GET", "/v1/session"),
                () => api.UserAsync(bobToken, "GET", "/v1/session"),
                () => api.ServiceAsync("GET", "/v1/sessions?userId=alice&countOnly=true"),
                () => api.ServiceAsync("GET", "/v1/sessions?userId=bob&countOnly=true"));
            var prefix = server.Settings["Cache:KeyPrefix"];
            foreach (var kind in new[] { "session:", "user:" })
            {
                var keys = await RedisContent.KeysAsync(redis, prefix + kind);
                Assert.Equal(2, keys.Count);
                var first = (await RedisContent.ReadAsync(redis, keys[0]))!;
                var second = (await RedisContent.ReadAsync(redis, keys[1]))!;
                await RedisContent.WriteAsync(redis, keys[0], second);
                await RedisContent.WriteAsync(redis, keys[1], first);
            }
        }
    }

    [Theory]
    [InlineData("Cache:KeyPrefix", "Tables:SessionsTable", "Tables:DueTable")]
    [InlineData("Cache:KeyPrefix")]
    [InlineData("Tables:SessionsTable")]
    public async Task An_entry_of_another_deployment_with_the_same_ring_is_not_believed(params string[] different)
    {
        var redis = await RedisServer.SharedAsync();
        await using var first = await StartAsync(redis, settings: null);
        using var firstApi = new ApiClient(first.Url, first.ServiceKey, first.OperatorKey);
        var shared = first.Settings.Where(setting => !different.Contains(setting.Key) && !setting.Key.StartsWith("ServiceKeys:", StringComparison.Ordinal));
        await using var second = await StartAsync(redis, shared.ToDictionary(StringComparer.Ordinal));
        using var secondApi = new ApiClient(second.Url, second.ServiceKey, second.OperatorKey);
        await ReachCacheAsync(secondApi);
        var (_, token) = await firstApi.CreateAsync("alice");
        var all = first.Settings["Cache:KeyPrefix"] + "session:";
        var others = await RedisContent.KeysAsync(redis, all);
        await ReachCacheAsync(firstApi, token);
        var key = Assert.Single((await RedisContent.KeysAsync(redis, all)).Except(others, StringComparer.Ordinal));
        var entry = (await RedisContent.ReadAsync(redis, key))!;
        var target = second.Settings["Cache:KeyPrefix"] + key[first.Settings["Cache:KeyPrefix"].Length..];
        await RedisContent.WriteAsync(redis, target, entry);

        // The same tables have the session, so the table may answer; the entry may not.
        var answer = await secondApi.UserAsync(token, "GET", "/v1/session");
        Assert.NotEqual("cache", answer.Header("Session-Source"));
        Assert.Equal(different.Contains("Tables:SessionsTable") ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, answer.Status);
    }

    // The first step of a process waits for its connection, and the table answers meanwhile.
    private static async Task ReachCacheAsync(ApiClient api)
    {
        var (_, token) = await api.CreateAsync("somebody");
        await ReachCacheAsync(api, token);
    }

    private static Task ReachCacheAsync(ApiClient api, string token) => ReachCacheAsync(() => api.UserAsync(token, "GET", "/v1/session"));

    // After a step that Redis did not confirm in time, a process keeps from the entry for Cache:MaxAge and the skew of clocks: 32 seconds.
    // The other entries lapse meanwhile, so all must answer in one round.
    private static async Task ReachCacheAsync(params IReadOnlyList<Func<Task<ApiAnswer>>> asks)
    {
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(60);
        var fromCache = 0;
        while (fromCache < asks.Count)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "The cache has not answered.");
            fromCache = 0;
            foreach (var ask in asks)
            {
                fromCache += (await ask()).Header("Session-Source") == "cache" ? 1 : 0;
            }
        }
    }

    private static async Task<int> CountAsync(ApiClient api, string user) =>
        (await api.ServiceAsync("GET", $"/v1/sessions?userId={user}&countOnly=true")).Json.GetProperty("count").GetInt32();

    private static async Task<SessionServerProcess> StartAsync(RedisServer redis, IReadOnlyDictionary<string, string>? settings)
    {
        var tables = await AzuriteServer.SharedAsync();
        return await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings, CancellationToken.None);
    }
}
