using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.Playwright;
using Support.Hosts;
using Support.Servers;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

/// <summary>Sign-in with Entra ID. The browser talks to a fake of its authority; the server's own checks of tokens are tested with the API.</summary>
[Collection(nameof(ConsoleSite))]
public sealed class EntraTests(ConsoleSite site) : IAsyncLifetime
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string ClientId = "99999999-8888-7777-6666-555555555555";
    private const string Authority = $"https://login.microsoftonline.com/{Tenant}";
    private const string Scope = "api://sessions/.default";

    private SessionServerProcess? _server;
    private string _challenge = "";
    private string _nonce = "";
    private string _verifier = "";

    private Uri Address => new(_server!.Url, "/console/"); // InitializeAsync sets it

    public async Task InitializeAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        _server = await SessionServerProcess.StartLiveAsync(
            tables.ConnectionString,
            redis: null,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["Entra:TenantId"] = Tenant,
                ["Entra:Audiences:0"] = "api://sessions",
                ["Console:ClientId"] = ClientId,
            },
            CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_operator_signs_in_with_pkce_and_calls_the_api_with_the_delegated_token()
    {
        var page = await site.OpenAsync();
        var authorizations = new List<string>();
        await page.RouteAsync("https://login.microsoftonline.com/**", AnswerAsync);
        await page.RouteAsync("**/api/v1/operations/me", async route =>
        {
            authorizations.Add(route.Request.Headers["authorization"]);
            await route.FulfillAsync(new()
            {
                ContentType = "application/json",
                Body = """{"id":"entra:t:o","name":"Alice Example","kind":"user","scopes":["sessions.support"],"features":{"events":false,"audit":false},"version":"1.0.0"}""",
            });
        });
        await page.GotoAsync(Address.ToString() + "#/find");
        await Expect(page.GetByLabel("Operator key")).ToHaveCountAsync(0);
        await Operator.PressAsync(page, "Sign in with Entra ID");

        await Operator.SeesAsync(page, "Find");
        await Expect(page.GetByText("Alice Example")).ToBeVisibleAsync();
        Assert.Equal(_challenge, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier))));
        Assert.All(authorizations, authorization => Assert.Equal("Bearer the-access-token", authorization));
        Assert.NotEmpty(authorizations);
        Assert.DoesNotContain("code=", page.Url, StringComparison.Ordinal);
        Assert.Equal("{\"session-console.theme\":\"system\"}", await page.EvaluateAsync<string>("JSON.stringify(localStorage)"));

        await Operator.PressAsync(page, "Sign out");
        await page.ReloadAsync();
        await Operator.SeesAsync(page, "Sign in");
    }

    [Fact]
    public async Task The_policy_names_the_authority_and_the_development_sign_in_is_absent()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(Address);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        using var configuration = JsonDocument.Parse(await client.GetStringAsync(new Uri(Address, "config.json")));

        Assert.Contains("connect-src 'self' https://login.microsoftonline.com;", policy, StringComparison.Ordinal);
        Assert.False(configuration.RootElement.TryGetProperty("development", out _));
        var entra = configuration.RootElement.GetProperty("entra");
        Assert.Equal((ClientId, Authority, Scope), (entra.GetProperty("clientId").GetString(), entra.GetProperty("authority").GetString(), entra.GetProperty("scope").GetString()));
    }

    [Fact]
    public async Task A_page_without_Entra_ID_does_not_load_its_library()
    {
        var page = await site.OpenAsync();
        var loaded = new List<string>();
        page.Request += (_, request) => loaded.Add(new Uri(request.Url).AbsolutePath);
        await page.GotoAsync("./");
        await Operator.SeesAsync(page, "Sign in");

        Assert.DoesNotContain(loaded, path => path.Contains("entra", StringComparison.Ordinal));
    }

    private static string PartOf(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    private Task AnswerAsync(IRoute route)
    {
        var address = new Uri(route.Request.Url);
        var query = HttpUtility.ParseQueryString(address.Query);
        if (address.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal))
        {
            Assert.Equal((ClientId, "code", "S256"), (query["client_id"], query["response_type"], query["code_challenge_method"]));
            Assert.Contains(Scope, query["scope"], StringComparison.Ordinal);
            (_challenge, _nonce) = (query["code_challenge"]!, query["nonce"]!);
            return route.FulfillAsync(new()
            {
                Status = 302,
                Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = $"{query["redirect_uri"]}#code=the-code&state={Uri.EscapeDataString(query["state"]!)}" },
            });
        }

        if (address.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
        {
            _verifier = HttpUtility.ParseQueryString(route.Request.PostData!)["code_verifier"]!;
            return SendAsync(route, TokensOf());
        }

        return address.AbsolutePath.Contains("openid-configuration", StringComparison.Ordinal)
            ? SendAsync(route, new { issuer = Authority + "/v2.0", authorization_endpoint = Authority + "/oauth2/v2.0/authorize", token_endpoint = Authority + "/oauth2/v2.0/token", jwks_uri = Authority + "/discovery/v2.0/keys" })
            : SendAsync(route, new Dictionary<string, object>(StringComparer.Ordinal) { ["tenant_discovery_endpoint"] = Authority + "/v2.0/.well-known/openid-configuration", ["metadata"] = Array.Empty<object>() });
    }

    private object TokensOf()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var idToken = string.Join('.', PartOf(new { alg = "RS256", typ = "JWT" }), PartOf(new
        {
            aud = ClientId,
            iss = Authority + "/v2.0",
            iat = now,
            nbf = now,
            exp = now + 3600,
            name = "Alice Example",
            nonce = _nonce,
            oid = "00000000-0000-0000-0000-0000000000aa",
            preferred_username = "alice@example.com",
            sub = "alice",
            tid = Tenant,
            ver = "2.0",
        }), "signature");
        return new
        {
            token_type = "Bearer",
            scope = Scope,
            expires_in = 3600,
            access_token = "the-access-token",
            refresh_token = "the-refresh-token",
            id_token = idToken,
            client_info = PartOf(new { uid = "00000000-0000-0000-0000-0000000000aa", utid = Tenant }),
        };
    }

    private static Task SendAsync(IRoute route, object body) => route.FulfillAsync(new()
    {
        ContentType = "application/json",
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Access-Control-Allow-Origin"] = "*" },
        Body = JsonSerializer.Serialize(body),
    });
}
