using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SessionApi.Tests.Callers;

public sealed class EntraTokenTests : IAsyncDisposable
{
    private readonly FakeEntra _entra = new();
    private readonly ApiFixture _api;

    public EntraTokenTests() => _api = _entra.NewApi(("Entra:RoleScopes:Sessions.Writer:0", "sessions.create"));

    private JsonObject Claims => FakeEntra.Claims(_api.Clock.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _entra.Dispose();
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task An_app_only_token_of_the_tenant_is_taken(string algorithm)
    {
        _entra.Published["ec"] = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var header = FakeEntra.Header(algorithm, algorithm == "ES256" ? "ec" : "key-1");
        Assert.Equal(200, await ReadAsync(_entra.Sign(header, Claims)));
    }

    [Fact]
    public async Task Without_idtyp_a_token_is_app_only_when_the_application_is_its_own_subject()
    {
        var claims = Claims;
        claims.Remove("idtyp");
        Assert.Equal(200, await ReadAsync(Sign(claims)));
        claims["sub"] = "somebody-else";
        Assert.Equal(401, await ReadAsync(Sign(claims)));
    }

    [Theory]
    [InlineData("iss", "https://login.microsoftonline.com/99999999-2222-3333-4444-555555555555/v2.0")]
    [InlineData("iss", "https://login.microsoftonline.com/common/v2.0")]
    [InlineData("iss", "https://sts.windows.net/11111111-2222-3333-4444-555555555555/")]
    [InlineData("iss", null)]
    [InlineData("tid", "99999999-2222-3333-4444-555555555555")]
    [InlineData("tid", null)]
    [InlineData("aud", "api://other")]
    [InlineData("aud", "api://sessions/")]
    [InlineData("aud", null)]
    [InlineData("idtyp", "user")]
    [InlineData("oid", null)]
    [InlineData("azp", null)]
    [InlineData("exp", null)]
    public async Task A_token_of_another_tenant_audience_or_kind_is_401(string claim, string? value)
    {
        var claims = Claims;
        claims[claim] = value;
        if (value is null)
        {
            claims.Remove(claim);
        }

        Assert.Equal(401, await ReadAsync(Sign(claims)));
    }

    [Fact]
    public async Task A_token_of_version_1_is_401_and_the_log_says_what_to_set()
    {
        var claims = Claims;
        claims["iss"] = $"https://sts.windows.net/{FakeEntra.Tenant}/";
        claims["ver"] = "1.0";
        Assert.Equal(401, await ReadAsync(Sign(claims)));
        Assert.Contains("requestedAccessTokenVersion to 2", _api.Logs.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_token_of_version_1_is_not_worth_a_line_in_the_log()
    {
        var claims = Claims;
        claims["iss"] = $"https://sts.windows.net/{FakeEntra.Tenant}/";
        var token = Sign(claims);
        Assert.Equal(401, await ReadAsync(token[..^8] + "AAAAAAAA"));
        Assert.DoesNotContain("requestedAccessTokenVersion", _api.Logs.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delegated_token_is_401_even_with_the_role()
    {
        var claims = Claims;
        claims["scp"] = "sessions.read";
        Assert.Equal(401, await ReadAsync(Sign(claims)));
        claims.Remove("idtyp");
        Assert.Equal(401, await ReadAsync(Sign(claims)));
    }

    [Theory]
    [InlineData("user")]
    [InlineData(null)]
    public async Task A_token_of_a_user_is_taken_where_its_permission_is_configured(string? type)
    {
        await using var api = NewUsersApi();
        var answer = await api.SendAsUserAsync(Sign(UserClaims(type, "sessions.operate")), "GET", "/api/v1/operations/me");

        Assert.Equal(200, answer.Status);
        Assert.Contains($"\"id\":\"entra:{FakeEntra.Tenant}:{FakeEntra.Principal}\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"ann@example.com\",\"kind\":\"user\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("[\"sessions.operate\",\"sessions.support\"]", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scp", "profile")]
    [InlineData("scp", "console.read")]
    [InlineData("scp", null)]
    [InlineData("tid", "99999999-2222-3333-4444-555555555555")]
    [InlineData("aud", "api://other")]
    [InlineData("oid", null)]
    [InlineData("azp", null)]
    [InlineData("azp", "another")]
    [InlineData("nonce", "n")]
    [InlineData("idtyp", "app")]
    public async Task A_token_of_a_user_that_lacks_something_is_401(string claim, string? value)
    {
        await using var api = NewUsersApi(("Entra:Clients:0", FakeEntra.Client));
        var claims = UserClaims("user", "sessions.operate");
        Assert.Equal(200, (await api.SendAsUserAsync(Sign(claims), "GET", "/api/v1/operations/me")).Status);
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value;
        }

        Assert.Equal(401, (await api.SendAsUserAsync(Sign(claims), "GET", "/api/v1/operations/me")).Status);
    }

    [Fact]
    public async Task A_user_is_granted_nothing_but_the_scopes_of_operators()
    {
        await using var api = NewUsersApi(("Entra:RoleScopes:Admins:0", "sessions.create"), ("Entra:RoleScopes:Admins:1", "sessions.support"));
        var services = Sign(UserClaims("user", "sessions.create", "sessions.revoke", "sessions.read"));
        Assert.Equal(403, (await api.SendAsUserAsync(services, "GET", "/api/v1/operations/me")).Status);
        Assert.Equal(403, (await api.SendAsUserAsync(services, "POST", "/api/v1/sessions", "{}")).Status);
        var support = Sign(UserClaims("user", "Admins"));
        Assert.Equal(200, (await api.SendAsUserAsync(support, "GET", "/api/v1/operations/me")).Status);
        Assert.Equal(200, (await api.SendAsUserAsync(support, "GET", "/api/v1/operations/sessions?userId=alice")).Status);
        Assert.Equal(403, (await api.SendAsUserAsync(support, "POST", "/api/v1/sessions", "{}")).Status);
        Assert.Equal(403, (await api.SendAsUserAsync(support, "GET", "/api/v1/operations/overview")).Status);
    }

    private ApiFixture NewUsersApi(params (string Name, string Value)[] settings) => _entra.NewApi([("Entra:UserPermissions:0", "console"), .. settings]);

    private JsonObject UserClaims(string? type, params string[] roles)
    {
        var claims = Claims;
        claims.Remove("idtyp");
        if (type is not null)
        {
            claims["idtyp"] = type;
        }

        claims["sub"] = "pairwise-subject";
        claims["scp"] = "profile console";
        claims["name"] = "Ann";
        claims["preferred_username"] = "ann@example.com";
        claims["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]);
        return claims;
    }

    [Fact]
    public async Task An_id_token_is_401()
    {
        var claims = Claims;
        claims.Remove("idtyp");
        claims.Remove("azp");
        claims["nonce"] = "n";
        Assert.Equal(401, await ReadAsync(Sign(claims)));
        claims["azp"] = FakeEntra.Client;
        Assert.Equal(401, await ReadAsync(Sign(claims)));
    }

    [Theory]
    [InlineData(0, 3659, 200)]
    [InlineData(0, 3660, 401)]
    [InlineData(0, 4000, 401)]
    [InlineData(60, 0, 200)]
    [InlineData(61, 0, 401)]
    public async Task Times_count_with_a_minute_of_skew(int notBeforeSeconds, int laterSeconds, int status)
    {
        var claims = Claims;
        claims["nbf"] = _api.Clock.GetUtcNow().ToUnixTimeSeconds() + notBeforeSeconds;
        var token = Sign(claims);
        _api.Clock.Advance(TimeSpan.FromSeconds(laterSeconds));
        Assert.Equal(status, await ReadAsync(token));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("HS256")]
    [InlineData("RS384")]
    [InlineData("rs256")]
    [InlineData("")]
    public async Task Only_algorithms_on_the_list_are_taken(string algorithm)
    {
        var token = _entra.Sign(FakeEntra.Header(algorithm), Claims);
        Assert.Equal(401, await ReadAsync(token));
        Assert.Equal(401, await ReadAsync(token[..(token.LastIndexOf('.') + 1)]));
        Assert.Empty(_entra.Requests);
    }

    [Fact]
    public async Task A_token_signed_by_HMAC_under_the_published_key_is_401()
    {
        // The header names RS256 so that the list of algorithms is not what refuses it.
        var rsa = (RSA)_entra.Published["key-1"];
        var text = Sign(Claims);
        var signed = text[..text.LastIndexOf('.')];
        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPublicKey(), Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()) })
        {
            var signature = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed));
            Assert.Equal(401, await ReadAsync($"{signed}.{Base64Url.EncodeToString(signature)}"));
        }
    }

    [Fact]
    public async Task A_token_with_any_character_changed_is_401()
    {
        var token = Sign(Claims);
        Assert.Equal(200, await ReadAsync(token));
        for (var i = 0; i < token.Length; i++)
        {
            // The last character of each part has spare bits, which base64url without padding lets differ.
            if (i + 1 == token.Length || token[i + 1] == '.')
            {
                continue;
            }

            var changed = $"{token[..i]}{(token[i] == 'A' ? 'B' : 'A')}{token[(i + 1)..]}";
            Assert.Equal(401, await ReadAsync(changed));
        }
    }

    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    [InlineData("jwk")]
    [InlineData("x5c")]
    public async Task A_key_that_comes_with_the_token_is_not_looked_at(string member)
    {
        using var own = RSA.Create(2048);
        var parameters = own.ExportParameters(includePrivateParameters: false);
        var header = FakeEntra.Header();
        header[member] = member switch
        {
            "jwk" => new JsonObject
            {
                ["kty"] = "RSA",
                ["n"] = Base64Url.EncodeToString(parameters.Modulus),
                ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            },
            "x5c" => new JsonArray(Convert.ToBase64String(own.ExportSubjectPublicKeyInfo())),
            _ => "https://evil.example/keys",
        };
        var genuine = _entra.Sign(header, Claims);
        var signed = genuine[..genuine.LastIndexOf('.')];
        var forged = own.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        Assert.Equal(401, await ReadAsync($"{signed}.{Base64Url.EncodeToString(forged)}"));
        Assert.Equal(200, await ReadAsync(genuine));
        Assert.DoesNotContain(_entra.Requests, address => address.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_critical_extension_is_not_understood()
    {
        var header = FakeEntra.Header();
        header["crit"] = new JsonArray("exp");
        Assert.Equal(401, await ReadAsync(_entra.Sign(header, Claims)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("a.b.c.d.e")]
    [InlineData("e30.e30.")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.AA")]
    [InlineData("bnVsbA.e30.AA")]
    public async Task Garbage_is_401_without_a_look_at_the_network(string token)
    {
        Assert.Equal(401, await ReadAsync(token));
        Assert.Equal(401, await ReadAsync(token + new string('x', 20_000)));
        Assert.Empty(_entra.Requests);
    }

    [Fact]
    public async Task Roles_grant_scopes_and_nothing_else_does()
    {
        var claims = Claims;
        claims["roles"] = new JsonArray("Sessions.Writer", "unknown");
        Assert.Equal(403, await ReadAsync(Sign(claims)));
        Assert.Equal(201, (await _api.SendAsUserAsync(Sign(claims), "POST", "/api/v1/sessions", "{}")).Status);
        claims.Remove("roles");
        Assert.Equal(403, await ReadAsync(Sign(claims)));
        claims["roles"] = "sessions.read";
        Assert.Equal(200, await ReadAsync(Sign(claims)));
    }

    [Fact]
    public async Task Only_clients_on_the_list_may_call_when_there_is_one()
    {
        await using var strict = _entra.NewApi(("Entra:Clients:0", FakeEntra.Client));
        var claims = Claims;
        Assert.Equal(200, (await strict.SendAsUserAsync(Sign(claims), "GET", "/api/v1/sessions?userId=alice")).Status);
        claims["azp"] = "another";
        Assert.Equal(401, (await strict.SendAsUserAsync(Sign(claims), "GET", "/api/v1/sessions?userId=alice")).Status);
    }

    [Fact]
    public async Task Applications_are_told_apart_by_their_principal()
    {
        var writer = Claims;
        writer["roles"] = new JsonArray("sessions.create");
        var first = await _api.SendAsUserAsync(Sign(writer), "POST", "/api/v1/sessions", "{}", ("Idempotency-Key", "k"));
        writer["oid"] = "ffffffff-bbbb-cccc-dddd-eeeeeeeeeeee";
        writer["sub"] = "ffffffff-bbbb-cccc-dddd-eeeeeeeeeeee";
        var second = await _api.SendAsUserAsync(Sign(writer), "POST", "/api/v1/sessions", "{}", ("Idempotency-Key", "k"));
        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.NotEqual(first.Text("token"), second.Text("token"));
    }

    [Fact]
    public async Task An_entra_token_is_no_users_credential() =>
        Assert.Equal(401, (await _api.SendAsUserAsync(Sign(Claims), "GET", "/api/v1/session")).Status);

    private string Sign(JsonObject claims) => _entra.Sign(FakeEntra.Header(), claims);

    private async Task<int> ReadAsync(string token) => (await _api.SendAsUserAsync(token, "GET", "/api/v1/sessions?userId=alice")).Status;
}
