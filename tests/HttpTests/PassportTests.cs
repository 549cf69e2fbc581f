using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>Passports over HTTP, whatever host runs.</summary>
public sealed class PassportTests(RunningHost host) : HttpSuite(host)
{
    private const string Asked = """{"audience":"orders"}""";

    [Fact]
    public async Task A_passport_is_issued_to_users_and_services_and_verifies_with_the_published_key()
    {
        await using var server = await StartAsync();
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (sid, token) = await api.CreateAsync(NewUser());
        var keys = await api.SendAsync("GET", "/v1/passport-keys", credential: null);
        Assert.Equal("public, max-age=300", keys.Header("Cache-Control"));

        var own = await api.SendAsync("POST", "/v1/session/passport", token, Asked);
        var service = await api.ServiceAsync("POST", "/v1/sessions/introspect", $$"""{"token":"{{token}}","passport":{{Asked}}}""");

        foreach (var passport in new[] { own.TextOf("token"), service.Json.GetProperty("passport").GetProperty("token").GetString()! })
        {
            Assert.True(IsSigned(passport, keys.Json.GetProperty("keys")[0]));
            Assert.Equal(sid, JsonElement.Parse(Base64Url.DecodeFromChars(passport.Split('.')[1])).GetProperty("sid").GetString());
        }
    }

    [Fact]
    public async Task A_passport_is_no_credential_and_introspects_as_inactive()
    {
        await using var server = await StartAsync();
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (_, token) = await api.CreateAsync(NewUser());
        var passport = (await api.SendAsync("POST", "/v1/session/passport", token, Asked)).TextOf("token");

        Assert.Equal(401, (int)(await api.SendAsync("GET", "/v1/session", passport)).Status);
        Assert.Equal(401, (int)(await api.SendAsync("GET", "/v1/operations/status", passport)).Status);
        Assert.Equal("""{"active":false}""", (await api.ServiceAsync("POST", "/v1/sessions/introspect", $$"""{"token":"{{passport}}"}""")).Text);
    }

    [Fact]
    public async Task An_acknowledged_end_is_in_the_feed_that_was_asked_for_after_it()
    {
        await using var server = await StartAsync();
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (sid, _) = await api.CreateAsync(NewUser());
        var before = await api.ServiceAsync("GET", "/v1/endings");
        Assert.Equal(200, (int)before.Status);
        Assert.False((await api.ServiceAsync("GET", $"/v1/endings/{sid}")).Json.GetProperty("ended").GetBoolean());
        Assert.Equal(204, (int)(await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}")).Status);

        var after = await api.ServiceAsync("GET", $"/v1/endings?after={before.TextOf("cursor")}", body: null, ("Prefer", "wait=2"));

        Assert.Equal(200, (int)after.Status);
        var hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(sid)).AsSpan(0, 16));
        Assert.Contains(after.Json.GetProperty("endings").EnumerateArray(), ending => ending.GetProperty("hash").GetString() == hash);
        Assert.NotNull(after.Header("Preference-Applied"));
        Assert.True((await api.ServiceAsync("GET", $"/v1/endings/{sid}")).Json.GetProperty("ended").GetBoolean());
        Assert.Equal(400, (int)(await api.ServiceAsync("GET", "/v1/endings?after=x")).Status);
    }

    private static async Task<SessionServerProcess> StartAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        return await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, PassportSettings.New(), CancellationToken.None);
    }

    private static bool IsSigned(string passport, JsonElement jwk)
    {
        var parts = passport.Split('.');
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()) },
        });
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256);
    }
}
