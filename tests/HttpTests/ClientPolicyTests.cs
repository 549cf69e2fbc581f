using System.Globalization;
using System.Text.Json;
using SessionApi.Callers;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>The policy of the client that created a session holds for it, whoever changes it later.</summary>
public sealed class ClientPolicyTests(ClientPolicyHost host) : IClassFixture<ClientPolicyHost>
{
    private ApiClient Shop => host.Shop;

    private ApiClient Other => host.Other;

    [Fact]
    public async Task The_limits_of_the_creating_client_hold_whoever_changes_the_session()
    {
        var shop = await CreateAsync(Shop, "{}");
        var other = await CreateAsync(Other, "{}");
        Assert.Equal((600, 7200), (Idle(shop), Lifetime(shop)));
        Assert.Equal((3600, 86400), (Idle(other), Lifetime(other)));
        Assert.Equal(400, (int)(await Shop.ServiceAsync("POST", "/v1/sessions", """{"idleTimeoutSeconds":601}""")).Status);

        var tooLong = await Other.ServiceAsync("PUT", $"/v1/sessions/{Sid(shop)}/expiry", """{"expiresInSeconds":7300}""");
        var rotated = await Other.ServiceAsync("POST", $"/v1/sessions/{Sid(shop)}/rotate", """{"assuranceLevel":"aal2"}""");
        var higher = await Other.ServiceAsync("POST", $"/v1/sessions/{Sid(shop)}/rotate", """{"assuranceLevel":"aal3"}""");
        var ownByShop = await Shop.ServiceAsync("PUT", $"/v1/sessions/{Sid(other)}/expiry", """{"expiresInSeconds":80000,"idleTimeoutSeconds":3600}""");

        Assert.Equal((400, "expiresInSeconds must be at most"), ((int)tooLong.Status, tooLong.TextOf("detail")[..32]));
        Assert.Equal((600, 7200), (Idle(Session(rotated)), Lifetime(Session(rotated))));
        Assert.Equal(43200, Lifetime(Session(higher)));
        Assert.Equal(200, (int)ownByShop.Status);
    }

    [Fact]
    public async Task An_anonymous_session_keeps_its_clients_limits_at_sign_in()
    {
        var anonymous = await CreateAsync(Shop, "{}");

        var signedIn = await Other.ServiceAsync("POST", $"/v1/sessions/{Sid(anonymous)}/rotate", $$"""{"userId":"user-{{Guid.CreateVersion7():N}}"}""");

        Assert.Equal((600, 7200), (Idle(Session(signedIn)), Lifetime(Session(signedIn))));
    }

    [Fact]
    public async Task Persistent_sessions_of_a_client_have_its_limits()
    {
        var shop = await CreateAsync(Shop, """{"persistent":true}""");
        var other = await CreateAsync(Other, """{"persistent":true}""");

        Assert.Equal(7 * 86400, Lifetime(shop));
        Assert.Equal(30 * 86400, Lifetime(other));
    }

    [Fact]
    public async Task The_reaction_to_a_repeated_rotation_is_that_of_the_creating_client()
    {
        var shop = await Shop.ServiceAsync("POST", "/v1/sessions", "{}");
        var other = await Other.ServiceAsync("POST", "/v1/sessions", "{}");
        foreach (var created in new[] { shop, other })
        {
            Assert.Equal(200, (int)(await Other.UserAsync(created.TextOf("token"), "POST", "/v1/session/rotate")).Status);
        }

        Assert.Equal(401, (int)(await Other.UserAsync(shop.TextOf("token"), "POST", "/v1/session/rotate")).Status);
        Assert.Equal(200, (int)(await Shop.UserAsync(other.TextOf("token"), "POST", "/v1/session/rotate")).Status);
    }

    [Fact]
    public async Task A_users_limit_counts_the_sessions_of_all_clients()
    {
        var user = $"user-{Guid.CreateVersion7():N}";
        foreach (var client in new[] { Shop, Other, Shop, Other, Shop })
        {
            await CreateAsync(client, $$"""{"userId":"{{user}}"}""");
        }

        var count = await Shop.ServiceAsync("GET", $"/v1/sessions?userId={user}&countOnly=true", body: null, ("Session-Consistency", "strong"));
        Assert.Equal(3, count.Json.GetProperty("count").GetInt32());
    }

    private static async Task<JsonElement> CreateAsync(ApiClient client, string body)
    {
        var answer = await client.ServiceAsync("POST", "/v1/sessions", body);
        Assert.True((int)answer.Status == 201, answer.Text);
        return Session(answer);
    }

    private static JsonElement Session(ApiAnswer answer) => answer.Json.GetProperty("session");

    private static string Sid(JsonElement session) => session.GetProperty("sid").GetString()!;

    private static int Idle(JsonElement session) => session.GetProperty("idleTimeoutSeconds").GetInt32();

    // Both limits begin at the last authentication.
    private static int Lifetime(JsonElement session) =>
        (int)(session.GetProperty("absoluteExpiresAt").GetDateTimeOffset() - session.GetProperty("authenticatedAt").GetDateTimeOffset()).TotalSeconds;
}

/// <summary>A host with two services, one of which has a policy of its own.</summary>
public sealed class ClientPolicyHost : IAsyncLifetime
{
    private readonly ServiceKey _shopKey = ServiceKey.New("web-shop");
    private SessionServerProcess? _server;
    private ApiClient? _other;
    private ApiClient? _shop;

    /// <summary>Gets a client of the service with a policy of its own.</summary>
    public ApiClient Shop => _shop ?? throw new InvalidOperationException("The host is not started.");

    /// <summary>Gets a client of the service without one.</summary>
    public ApiClient Other => _other ?? throw new InvalidOperationException("The host is not started.");

    public async Task InitializeAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ServiceKeys:2:Id"] = _shopKey.Id,
            ["ServiceKeys:2:Hash"] = _shopKey.Hash,
            ["ServiceKeys:2:ExpiresAt"] = TimeProvider.System.GetUtcNow().AddDays(30).ToString("O", CultureInfo.InvariantCulture),
            ["ServiceKeys:2:Scopes:0"] = "sessions.create",
            ["ServiceKeys:2:Scopes:1"] = "sessions.introspect",
            ["ServiceKeys:2:Scopes:2"] = "sessions.read",
            ["Sessions:MaxSessionsPerUser"] = "3",

            // As an environment spells the client web-shop.
            ["Sessions:Clients:WEB_SHOP:Aal2:AbsoluteLifetime"] = "PT2H",
            ["Sessions:Clients:WEB_SHOP:Aal2:IdleTimeout"] = "PT10M",
            ["Sessions:Clients:WEB_SHOP:Persistent:AbsoluteLifetime"] = "7.00:00:00",
            ["Sessions:Clients:WEB_SHOP:Persistent:IdleTimeout"] = "7.00:00:00",
            ["Sessions:Clients:WEB_SHOP:RotationReplay"] = "Refuse",
        };
        _server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings, CancellationToken.None);
        _other = new ApiClient(_server.Url, _server.ServiceKey, _server.OperatorKey);
        _shop = new ApiClient(_server.Url, _shopKey.Reveal(), _server.OperatorKey);
    }

    public async Task DisposeAsync()
    {
        _other?.Dispose();
        _shop?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
