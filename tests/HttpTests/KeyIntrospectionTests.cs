using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionApi.Callers;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>Token introspection (RFC 7662) of the key of a keyed session.</summary>
public sealed class KeyIntrospectionTests(RunningHost host) : HttpSuite(host)
{
    private const string Inactive = """{"active":false}""";

    [Fact]
    public async Task A_key_is_found_with_its_hint_alone_and_until_it_ends()
    {
        var key = NewKey();
        var saved = await Api.ServiceAsync("PUT", "/v1/keyed-sessions/" + key, """{"data":{},"userId":"alice","claims":{"scope":"read"}}""");
        Assert.Equal(201, (int)saved.Status);

        Assert.Equal(Inactive, (await IntrospectAsync(Api, $"token={key}")).Text);
        foreach (var touch in new[] { "", "&touch=true" })
        {
            var found = await IntrospectAsync(Api, $"token={key}&token_type_hint=session_key{touch}");
            Assert.Equal(
                (200, true, saved.TextOf("sid"), "alice", "read"),
                ((int)found.Status, found.Json.GetProperty("active").GetBoolean(), found.TextOf("sid"), found.TextOf("sub"), found.TextOf("scope")));
            Assert.False(found.Json.TryGetProperty("token_type", out _));
        }

        Assert.Equal(204, (int)(await Api.ServiceAsync("DELETE", "/v1/keyed-sessions/" + key)).Status);
        Assert.Equal(Inactive, (await IntrospectAsync(Api, $"token={key}&token_type_hint=session_key")).Text);
    }

    [Fact]
    public async Task A_key_of_another_service_is_inactive_and_so_is_ones_own_without_the_scope()
    {
        var (other, bare) = (ServiceKey.New("second"), ServiceKey.New("bare"));
        var settings = new Dictionary<string, string>();
        Add(settings, 2, other, client: null, "sessions.introspect", "sessions.keyed");
        Add(settings, 3, bare, client: "second", "sessions.introspect");
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings, CancellationToken.None);
        using var first = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        using var second = new ApiClient(server.Url, other.Reveal(), server.OperatorKey);
        using var third = new ApiClient(server.Url, bare.Reveal(), server.OperatorKey);
        var key = NewKey();
        var form = $"token={key}&token_type_hint=session_key";

        Assert.Equal(201, (int)(await first.ServiceAsync("PUT", "/v1/keyed-sessions/" + key, """{"data":{}}""")).Status);
        Assert.Equal(Inactive, (await IntrospectAsync(second, form)).Text);
        var own = await second.ServiceAsync("PUT", "/v1/keyed-sessions/" + key, """{"data":{}}""");

        var found = await IntrospectAsync(second, form);
        Assert.Equal((own.TextOf("sid"), "second"), (found.TextOf("sid"), found.TextOf("client_id")));
        Assert.Equal(Inactive, (await IntrospectAsync(third, form)).Text);
    }

    private static void Add(Dictionary<string, string> settings, int index, ServiceKey key, string? client, params string[] scopes)
    {
        settings[$"ServiceKeys:{index}:Id"] = key.Id;
        settings[$"ServiceKeys:{index}:Hash"] = key.Hash;
        settings[$"ServiceKeys:{index}:Client"] = client ?? key.Id;
        settings[$"ServiceKeys:{index}:ExpiresAt"] = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O", CultureInfo.InvariantCulture);
        foreach (var (i, scope) in scopes.Index())
        {
            settings[$"ServiceKeys:{index}:Scopes:{i}"] = scope;
        }
    }

    private static string NewKey() => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(NewUser("key"))));

    private static Task<ApiAnswer> IntrospectAsync(ApiClient api, string form) =>
        api.SendAsync("POST", "/v1/introspect", api.ServiceKey, form, ("Content-Type", "application/x-www-form-urlencoded"));
}
