using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>What holds when many do the same at once, over HTTP on real servers.</summary>
public sealed class RaceTests(RunningHost host) : HttpSuite(host)
{
    [Fact]
    public async Task A_hundred_creates_at_once_then_sign_out_everywhere_leave_none_valid_and_none_listed()
    {
        var user = NewUser();
        var created = await AtOnceAsync(100, _ => Api.CreateAsync(user));

        var ended = await Api.ServiceAsync("DELETE", $"/v1/sessions?userId={user}");
        var list = await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}");

        Assert.Equal(50, ended.Json.GetProperty("ended").GetInt32());
        Assert.Empty(list.Json.GetProperty("sessions").EnumerateArray());
        foreach (var (_, token) in created)
        {
            Assert.False(await Api.IsActiveAsync(token));
        }
    }

    [Fact]
    public async Task A_limit_of_5_under_50_creates_at_once_is_exactly_5()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        var limit = new Dictionary<string, string> { ["Sessions:MaxSessionsPerUser"] = "5" };
        await using var one = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, limit, CancellationToken.None);
        await using var two = await one.StartSecondAsync(CancellationToken.None);
        using var first = new ApiClient(one.Url, one.ServiceKey, one.OperatorKey);
        using var second = new ApiClient(two.Url, two.ServiceKey, two.OperatorKey);

        var created = await AtOnceAsync(50, i => (i % 2 == 0 ? first : second).CreateAsync("alice"));

        var active = 0;
        foreach (var (_, token) in created)
        {
            active += await second.IsActiveAsync(token) ? 1 : 0;
        }

        var count = await first.ServiceAsync("GET", "/v1/sessions?userId=alice&countOnly=true", body: null, ("Session-Consistency", "strong"));
        Assert.Equal(5, active);
        Assert.Equal(5, count.Json.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Sixty_four_merges_of_different_keys_at_once_are_all_kept()
    {
        var (sid, _) = await Api.CreateAsync(NewUser());

        var answers = await AtOnceAsync(64, i => Api.PatientlyAsync("PATCH", $"/v1/sessions/{sid}/data", $"{{\"k{i}\":{i}}}"));

        Assert.All(answers, answer => Assert.Equal(200, (int)answer.Status));
        var data = (await Api.ServiceAsync("GET", $"/v1/sessions/{sid}/data")).Json;
        Assert.Equal(64, data.EnumerateObject().Count());
        Assert.Equal(63, data.GetProperty("k63").GetInt32());
    }

    [Fact]
    public async Task Of_two_rotations_at_once_one_token_survives()
    {
        var (_, token) = await Api.CreateAsync(NewUser());
        var own = await AtOnceAsync(2, _ => Api.UserAsync(token, "POST", "/v1/session/rotate"));
        Assert.Single(own.Select(answer => answer.TextOf("token")).Distinct(StringComparer.Ordinal));
        Assert.True(await Api.IsActiveAsync(own[0].TextOf("token")));

        var (sid, _) = await Api.CreateAsync(NewUser());
        var service = await AtOnceAsync(2, _ => Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", "{}"));
        var active = 0;
        foreach (var answer in service)
        {
            active += await Api.IsActiveAsync(answer.TextOf("token")) ? 1 : 0;
        }

        Assert.Equal(1, active);
    }

    [Fact]
    public async Task Nothing_done_to_an_ended_session_revives_it()
    {
        var (sid, token) = await Api.CreateAsync(NewUser(), """{"n":1}""");
        await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        (string Method, string Path, string Body)[] attempts =
        [
            ("PATCH", $"/v1/sessions/{sid}/data", "{}"),
            ("PUT", $"/v1/sessions/{sid}/data", "{}"),
            ("POST", $"/v1/sessions/{sid}/touch", "{}"),
            ("POST", $"/v1/sessions/{sid}/rotate", "{}"),
            ("PUT", $"/v1/sessions/{sid}/expiry", """{"expiresInSeconds":600}"""),
        ];

        foreach (var (method, path, body) in attempts)
        {
            var answer = await Api.ServiceAsync(method, path, body);
            Assert.Equal((404, "session-not-found"), ((int)answer.Status, answer.Problem));
        }

        Assert.False(await Api.IsActiveAsync(token));
        Assert.Equal("ended", (await Api.ServiceAsync("GET", $"/v1/sessions/{sid}")).TextOf("state"));
    }

    [Fact]
    public async Task The_same_idempotency_key_fifty_times_at_once_gives_one_session_and_one_token()
    {
        var user = NewUser();
        var key = NewUser("key");

        var answers = await AtOnceAsync(50, _ => Api.PatientlyAsync("POST", "/v1/sessions", $"{{\"userId\":\"{user}\"}}", ("Idempotency-Key", key)));

        Assert.All(answers, answer => Assert.Equal(201, (int)answer.Status));
        Assert.Single(answers.Select(answer => answer.TextOf("token")).Distinct(StringComparer.Ordinal));
        Assert.Single(answers.Select(answer => answer.TextOf("sid")).Distinct(StringComparer.Ordinal));
        var count = await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}&countOnly=true", body: null, ("Session-Consistency", "strong"));
        Assert.Equal(1, count.Json.GetProperty("count").GetInt32());
        var other = await Api.ServiceAsync("POST", "/v1/sessions", $"{{\"userId\":\"{user}x\"}}", ("Idempotency-Key", key));
        Assert.Equal((422, "idempotency-key-reused"), ((int)other.Status, other.Problem));
    }

    private static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => call(i))));
}
