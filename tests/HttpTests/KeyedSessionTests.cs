using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionApi.Callers;
using Support.Hosts;
using Support.Http;
using Support.Servers;
using Support.Time;

namespace HttpTests;

/// <summary>Sessions under keys of the calling service: what session stores of frameworks are built on.</summary>
public sealed class KeyedSessionTests(RunningHost host) : HttpSuite(host)
{
    private static readonly (string, string) MustCreate = ("If-None-Match", "*");

    [Fact]
    public async Task A_save_creates_then_replaces_and_reading_never_extends()
    {
        var path = NewPath();
        Assert.Equal(404, (int)(await Api.ServiceAsync("GET", path)).Status);

        var created = await Api.ServiceAsync("PUT", path, """{"data":{"n":1},"idleTimeoutSeconds":600}""");
        var read = await Api.ServiceAsync("GET", path);
        var head = await Api.ServiceAsync("HEAD", path);
        var saved = await Api.ServiceAsync("PUT", path, """{"data":{"n":2}}""");

        Assert.Equal((201, 200, 200, 200), ((int)created.Status, (int)read.Status, (int)head.Status, (int)saved.Status));
        Assert.Equal("/api" + path, created.Header("Location"));
        Assert.Equal(created.TextOf("idleExpiresAt"), read.TextOf("idleExpiresAt"));
        Assert.Equal(created.Header("ETag"), read.Header("ETag"));
        Assert.NotEqual(created.Header("ETag"), saved.Header("ETag"));
        Assert.Equal(created.TextOf("sid"), saved.TextOf("sid"));
        Assert.Equal(600, saved.Json.GetProperty("idleTimeoutSeconds").GetInt32());
        Assert.Equal(2, (await Api.ServiceAsync("GET", path)).Json.GetProperty("data").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Saves_are_conditional()
    {
        var path = NewPath();
        Assert.Equal((412, "version-mismatch"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":{}}""", ("If-Match", "*"))));
        Assert.Equal((412, "version-mismatch"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":{}}""", ("If-Match", "\"1\""))));
        var created = await Api.ServiceAsync("PUT", path, """{"data":{}}""", MustCreate);
        Assert.Equal((412, "version-mismatch"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":{}}""", MustCreate)));

        var current = created.Header("ETag")!;
        Assert.Equal(304, (int)(await Api.ServiceAsync("GET", path, body: null, ("If-None-Match", current))).Status);
        Assert.Equal(200, (int)(await Api.ServiceAsync("PUT", path, """{"data":{"n":1}}""", ("If-Match", current))).Status);
        var stale = await Api.ServiceAsync("PUT", path, """{"data":{"n":2}}""", ("If-Match", current));
        Assert.Equal((412, "version-mismatch"), StatusOf(stale));
        Assert.Equal((await Api.ServiceAsync("GET", path)).Header("ETag"), stale.Header("ETag"));
        Assert.Equal(412, (int)(await Api.ServiceAsync("PATCH", path, """{"n":3}""", ("If-Match", current))).Status);
    }

    [Fact]
    public async Task A_patch_merges_and_a_touch_renews_the_idle_end()
    {
        var path = NewPath();
        Assert.Equal((404, "session-not-found"), StatusOf(await Api.ServiceAsync("PATCH", path, """{"n":1}""")));
        Assert.Equal((404, "session-not-found"), StatusOf(await Api.ServiceAsync("POST", path + "/touch")));
        await Api.ServiceAsync("PUT", path, """{"data":{"a":1,"b":2}}""");

        var merged = await Api.ServiceAsync("PATCH", path, """{"b":null,"c":3}""");
        var touched = await Api.ServiceAsync("POST", path + "/touch", """{"ipAddress":"192.0.2.9"}""");

        Assert.Equal((200, """{"a":1,"c":3}"""), ((int)merged.Status, merged.Text));
        Assert.Equal((200, "192.0.2.9"), ((int)touched.Status, touched.Json.GetProperty("device").GetProperty("lastIpAddress").GetString()));
        Assert.Equal(merged.Header("ETag"), touched.Header("ETag"));
    }

    [Fact]
    public async Task With_a_user_it_stands_in_the_list_and_sign_out_everywhere_ends_it()
    {
        var (path, user) = (NewPath(), NewUser());
        var anonymous = await Api.ServiceAsync("PUT", path, """{"data":{"cart":1}}""");
        var moved = await Api.ServiceAsync("PUT", path, $$"""{"data":{"cart":2},"userId":"{{user}}"}""");
        Assert.Equal((200, user), ((int)moved.Status, moved.TextOf("userId")));
        Assert.NotEqual(anonymous.TextOf("sid"), moved.TextOf("sid"));
        Assert.Equal(moved.TextOf("sid"), Assert.Single((await ListAsync(user))));
        Assert.Equal((409, "session-has-user"), StatusOf(await Api.ServiceAsync("PUT", path, $$"""{"data":{},"userId":"{{user}}x"}""")));
        Assert.Equal((409, "session-has-key"), StatusOf(await Api.ServiceAsync("POST", $"/v1/sessions/{moved.TextOf("sid")}/rotate")));

        Assert.Equal(1, (await Api.ServiceAsync("DELETE", $"/v1/sessions?userId={user}&reason=password-changed")).Json.GetProperty("ended").GetInt32());

        var late = await Api.ServiceAsync("PUT", path, """{"data":{"cart":3}}""");
        Assert.Equal((409, "session-ended"), StatusOf(late));
        Assert.Equal("password-changed", late.TextOf("reason"));
        Assert.Equal(404, (int)(await Api.ServiceAsync("GET", path)).Status);
        Assert.Empty(await ListAsync(user));
    }

    [Fact]
    public async Task Ending_is_idempotent_and_no_late_save_revives()
    {
        var path = NewPath();
        Assert.Equal(204, (int)(await Api.ServiceAsync("DELETE", path)).Status);
        await Api.ServiceAsync("PUT", path, """{"data":{}}""");

        Assert.Equal(204, (int)(await Api.ServiceAsync("DELETE", path + "?reason=signed-out")).Status);
        Assert.Equal(204, (int)(await Api.ServiceAsync("DELETE", path)).Status);

        var late = await Api.ServiceAsync("PUT", path, """{"data":{}}""");
        var must = await Api.ServiceAsync("PUT", path, """{"data":{}}""", MustCreate);
        Assert.Equal(((409, "session-ended"), (409, "session-ended"), "signed-out"), (StatusOf(late), StatusOf(must), late.TextOf("reason")));
        Assert.Equal(404, (int)(await Api.ServiceAsync("PATCH", path, "{}")).Status);
        Assert.Equal(404, (int)(await Api.ServiceAsync("POST", path + "/touch")).Status);
    }

    [Fact]
    public async Task One_that_only_lapsed_is_created_anew()
    {
        var path = NewPath();
        var first = await Api.ServiceAsync("PUT", path, """{"data":{},"idleTimeoutSeconds":1}""");
        await Eventually.AnswerAsync(() => Api.ServiceAsync("GET", path), static answer => (int)answer.Status == 404);

        var anew = await Api.ServiceAsync("PUT", path, """{"data":{"n":1}}""", MustCreate);

        Assert.Equal(201, (int)anew.Status);
        Assert.NotEqual(first.TextOf("sid"), anew.TextOf("sid"));
        Assert.Equal("idle-timeout", (await Api.ServiceAsync("GET", $"/v1/sessions/{first.TextOf("sid")}")).TextOf("endReason"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuF")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFV")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa.~TImW-5JCeuQeRkm5NMpJWZG3hSuFU")]
    public async Task A_key_that_is_not_a_SHA_256_value_is_refused_and_told_so(string key)
    {
        foreach (var (method, path, body) in new[] { ("GET", "", null), ("PUT", "", """{"data":{}}"""), ("PATCH", "", "{}"), ("POST", "/touch", null), ("DELETE", "", null) })
        {
            var answer = await Api.ServiceAsync(method, $"/v1/keyed-sessions/{key}{path}", body);
            Assert.Equal((400, "validation"), StatusOf(answer));
            Assert.Contains("SHA-256", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bad_bodies_are_refused()
    {
        var path = NewPath();
        Assert.Equal((413, "data-too-large"), StatusOf(await Api.ServiceAsync("PUT", path, $$$"""{"data":{"x":"{{{new string('x', 33_000)}}}"}}""")));
        Assert.Equal((413, "claims-too-large"), StatusOf(await Api.ServiceAsync("PUT", path, $$$"""{"data":{},"claims":{"x":"{{{new string('x', 4_100)}}}"}}""")));
        Assert.Equal((400, "validation"), StatusOf(await Api.ServiceAsync("PUT", path, "{}")));
        Assert.Equal((400, "validation"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":null}""")));
        Assert.Equal((400, "validation"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":{},"assuranceLevel":"aal3"}""")));
        Assert.Equal((400, "validation"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":{},"idleTimeoutSeconds":0}""")));
        Assert.Equal((400, "validation"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":{},"absoluteLifetimeSeconds":31536000}""")));
        Assert.Equal((400, "validation"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":{},"userId":""}""")));
        Assert.Equal(404, (int)(await Api.ServiceAsync("GET", path)).Status);
        await Api.ServiceAsync("PUT", path, """{"data":{}}""");
        Assert.Equal((413, "data-too-large"), StatusOf(await Api.ServiceAsync("PATCH", path, $$"""{"x":"{{new string('x', 33_000)}}"}""")));
    }

    [Fact]
    public async Task Two_services_with_one_key_never_meet_and_each_ends_its_own_alone()
    {
        var other = ServiceKey.New("second");
        var settings = new Dictionary<string, string>
        {
            ["ServiceKeys:2:Id"] = other.Id,
            ["ServiceKeys:2:Hash"] = other.Hash,
            ["ServiceKeys:2:ExpiresAt"] = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O", CultureInfo.InvariantCulture),
            ["ServiceKeys:2:Scopes:0"] = "sessions.keyed",
        };
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings, CancellationToken.None);
        using var first = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        using var second = new ApiClient(server.Url, other.Reveal(), server.OperatorKey);
        var path = NewPath();

        Assert.Equal(201, (int)(await first.ServiceAsync("PUT", path, """{"data":{"of":1}}""", MustCreate)).Status);
        Assert.Equal((404, "session-not-found"), StatusOf(await second.ServiceAsync("GET", path)));
        Assert.Equal(404, (int)(await second.ServiceAsync("PATCH", path, "{}")).Status);
        Assert.Equal(201, (int)(await second.ServiceAsync("PUT", path, """{"data":{"of":2}}""", MustCreate)).Status);
        var ended = await second.ServiceAsync("DELETE", "/v1/keyed-sessions");
        Assert.Equal(202, (int)ended.Status);
        Assert.NotEmpty(ended.TextOf("effectiveBy"));

        Assert.Equal(404, (int)(await second.ServiceAsync("GET", path)).Status);
        Assert.Equal("keys-revoked", (await second.ServiceAsync("PUT", path, """{"data":{}}""")).TextOf("reason"));
        Assert.Equal(201, (int)(await second.ServiceAsync("PUT", NewPath(), """{"data":{}}""")).Status);
        Assert.Equal(1, (await first.ServiceAsync("GET", path)).Json.GetProperty("data").GetProperty("of").GetInt32());
        Assert.Equal((403, "forbidden"), StatusOf(await second.ServiceAsync("POST", "/v1/sessions", "{}")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_64_saves_at_once_that_must_create_exactly_one_does(bool withUser)
    {
        var path = NewPath();
        var user = withUser ? $",\"userId\":\"{NewUser()}\"" : "";

        var saves = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            Api.PatientlyAsync("PUT", path, $"{{\"data\":{{\"n\":{i}}}{user}}}", MustCreate))));

        var winner = Assert.Single(saves, save => (int)save.Status == 201);
        Assert.All(saves.Where(save => save != winner), save => Assert.Equal(412, (int)save.Status));
        Assert.Equal(winner.TextOf("sid"), (await Api.ServiceAsync("GET", path)).TextOf("sid"));
    }

    [Fact]
    public async Task Fifty_late_saves_racing_a_sign_out_everywhere_leave_none_live_and_revive_none()
    {
        for (var round = 0; round < 10; round++)
        {
            var user = NewUser();
            var paths = Enumerable.Range(0, 5).Select(_ => NewPath()).ToArray();
            foreach (var path in paths)
            {
                Assert.Equal(201, (int)(await Api.PatientlyAsync("PUT", path, $$"""{"data":{},"userId":"{{user}}"}""")).Status);
            }

            var saves = Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() =>
                Api.PatientlyAsync("PUT", paths[i % 5], $$$"""{"data":{"n":{{{i}}}}}"""))));
            await Api.PatientlyAsync("DELETE", $"/v1/sessions?userId={user}");

            Assert.All(await saves, save => Assert.True((int)save.Status == 200 || StatusOf(save) == (409, "session-ended"), save.Text));
            Assert.Empty(await ListAsync(user));
            foreach (var path in paths)
            {
                Assert.Equal(404, (int)(await Api.ServiceAsync("GET", path)).Status);
                Assert.Equal((409, "session-ended"), StatusOf(await Api.ServiceAsync("PUT", path, """{"data":{}}""")));
            }
        }
    }

    private static (int Status, string? Problem) StatusOf(ApiAnswer answer) => ((int)answer.Status, answer.Problem);

    private static string NewPath() =>
        "/v1/keyed-sessions/" + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(NewUser("key"))));

    private async Task<IReadOnlyList<string>> ListAsync(string user) =>
        [.. (await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}")).Json.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("sid").GetString()!)];
}
