using System.Text;
using SessionApi.Callers;

namespace SessionApi.Tests.Operations;

/// <summary>Token introspection as RFC 7662 has it: who may call, what a form must be, and what is answered.</summary>
public sealed class TokenIntrospectionTests : IAsyncDisposable
{
    private const string Path = "/api/v1/introspect";

    private static readonly (string Name, string Value) Form = ("Content-Type", "application/x-www-form-urlencoded");

    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_answer_is_flat_and_has_the_claims_as_members()
    {
        var created = _api.Clock.GetUtcNow().ToUnixTimeSeconds();
        var (sid, token) = await _api.CreateAsync("""{"userId":"al\"ice","claims":{"scope":"read write","roles":["editor"],"n":1e2},"data":{"secret":1},"authenticationMethods":["pwd","otp"]}""");

        var answer = await IntrospectAsync($"token={token}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal(
            $$"""{"active":true,"sub":"al\"ice","sid":"{{sid}}","iat":{{created}},"exp":{{created + 3600}},"auth_time":{{created}},"acr":"aal2","amr":["pwd","otp"],"token_type":"Bearer","client_id":"service","scope":"read write","roles":["editor"],"n":1e2}""",
            answer.Body);
    }

    [Theory]
    [InlineData("""{"active":false,"sub":"mallory","sid":"x","iat":1,"exp":4102444800,"auth_time":9,"acr":"aal3","amr":["hwk"],"token_type":"N_A","client_id":"other"}""")]
    [InlineData("""{"\u0073ub":"mallory","\u0061cr":"aal3"}""")]
    public async Task A_claim_never_stands_in_for_a_registered_member(string claims)
    {
        var (_, token) = await _api.CreateAsync($$"""{"claims":{{claims}}}""");

        var answer = await IntrospectAsync($"token={token}");

        Assert.Equal(
            ["active", "sid", "iat", "exp", "auth_time", "acr", "token_type", "client_id"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((true, "aal2"), (answer.Json.GetProperty("active").GetBoolean(), answer.Text("acr")));
        Assert.DoesNotContain("mallory", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("hwk", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("other", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_no_live_session_is_inactive_and_nothing_more()
    {
        var (ended, endedToken) = await _api.CreateAsync();
        var (rotated, rotatedToken) = await _api.CreateAsync();
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{ended}");
        await _api.SendAsync("POST", $"/api/v1/sessions/{rotated}/rotate");

        foreach (var token in new[] { endedToken, rotatedToken, "x", "sst_", endedToken[..^1], "%C3%A9", new string('a', 5000) })
        {
            var answer = await IntrospectAsync($"token={token}");
            Assert.Equal((200, """{"active":false}"""), (answer.Status, answer.Body));
        }
    }

    [Fact]
    public async Task It_counts_as_activity_only_with_touch()
    {
        var (_, watched) = await _api.CreateAsync();
        var (_, used) = await _api.CreateAsync();
        _api.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.True(IsActive(await IntrospectAsync($"token={watched}&touch=false")));
        Assert.True(IsActive(await IntrospectAsync($"token={watched}")));
        var touched = await IntrospectAsync($"token={used}&touch=true");
        Assert.Equal(_api.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), touched.Json.GetProperty("exp").GetInt64());
        _api.Clock.Advance(TimeSpan.FromMinutes(40));

        Assert.False(IsActive(await IntrospectAsync($"token={watched}")));
        Assert.True(IsActive(await IntrospectAsync($"token={used}")));
    }

    [Fact]
    public async Task A_client_authenticates_by_bearer_by_Basic_or_in_the_form()
    {
        var (_, token) = await _api.CreateAsync();
        var key = _api.Service.Reveal();
        foreach (var header in new[]
        {
            $"Bearer {key}", Basic("service", key), Basic("service", key).Replace("Basic", "basic", StringComparison.Ordinal),
            Basic("%73ervice", key.Replace("_", "%5F", StringComparison.Ordinal)),
        })
        {
            Assert.True(IsActive(await PostAsync($"token={token}", ("Authorization", header))), header);
        }

        Assert.True(IsActive(await PostAsync($"token={token}&token_type_hint=access_token&client_id=service&client_secret={key}")));
        Assert.True(IsActive(await PostAsync($"client_secret={key.Replace("_", "%5f", StringComparison.Ordinal)}&client_id=service&token={token}")));
    }

    [Fact]
    public async Task A_client_is_named_by_the_id_of_its_key_or_by_its_own_name()
    {
        var next = ServiceKey.New("service-2");
        await using var api = new ApiFixture(ApiFixture.KeyEntry(1, next, "sessions.introspect", _api.Clock.GetUtcNow() + TimeSpan.FromDays(1), client: "service"));
        foreach (var (name, status) in new[] { ("service-2", 200), ("service", 200), ("other", 401), ("", 401), ("Service", 401) })
        {
            var answer = await api.SendRawAsync("POST", Path, "token=x", Form, ("Authorization", Basic(name, next.Reveal())));
            Assert.Equal(status, answer.Status);
        }
    }

    [Fact]
    public async Task A_wrong_client_is_401_invalid_client_with_every_way_to_authenticate()
    {
        var key = _api.Service.Reveal();
        (string Body, string? Header)[] wrong =
        [
            ("token=x", null),
            ("token=x", Basic("other", key)),
            ("token=x", Basic("service", key[..^1])),
            ("token=x", Basic("service", ServiceKey.New("service").Reveal())),
            ("token=x", Basic("service", "")),
            ("token=x", "Basic"),
            ("token=x", "Basic %%%"),
            ("token=x", "Basic c2VydmljZQ=="),
            ("token=x", "Digest username=service"),
            ("token=x", $"Bearer {key[..^1]}"),
            ($"token=x&client_secret={key}", null),
            ($"token=x&client_id=other&client_secret={key}", null),
            ("token=x&client_id=service", null),
            ("token=x&client_id=service&client_secret=x", null),
        ];
        await using var api = new ApiFixture(new Dictionary<string, string?> { ["RateLimit:Failures"] = "1000" });
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (body, header) in wrong)
        {
            var answer = await api.SendRawAsync("POST", Path, body, header is null ? [Form] : [Form, ("Authorization", header)]);
            Assert.Equal((401, "unauthenticated", "invalid_client"), (answer.Status, answer.Problem, answer.Text("error")));
            Assert.Equal("Bearer, Basic realm=\"session-functions\", charset=\"UTF-8\"", answer.Header("WWW-Authenticate"));
            bodies.Add(answer.Body);
        }

        Assert.Single(bodies);
    }

    [Fact]
    public async Task Two_ways_of_authentication_at_once_are_400_invalid_request()
    {
        var key = _api.Service.Reveal();
        foreach (var header in new[] { $"Bearer {key}", Basic("service", key), "Digest x", "" })
        {
            var answer = await PostAsync($"token=x&client_id=service&client_secret={key}", ("Authorization", header));
            Assert.Equal((400, "credential-ambiguous", "invalid_request"), (answer.Status, answer.Problem, answer.Text("error")));
        }
    }

    [Fact]
    public async Task A_client_id_beside_a_header_is_no_second_way()
    {
        var (_, token) = await _api.CreateAsync();
        Assert.True(IsActive(await IntrospectAsync($"token={token}&client_id=service&client_secret=")));
    }

    [Theory]
    [InlineData("in the form")]
    [InlineData("by Basic")]
    public async Task Failures_count_against_the_address(string way)
    {
        var statuses = new List<int>();
        for (var i = 0; i < 25; i++)
        {
            var key = ServiceKey.New("service").Reveal();
            var answer = way == "by Basic"
                ? await PostAsync("token=x", ("Authorization", Basic("service", key)))
                : await PostAsync($"token=x&client_id=service&client_secret={key}");
            statuses.Add(answer.Status);
        }

        Assert.Equal((401, 429), (statuses[0], statuses[^1]));
        var limited = await PostAsync("token=x");
        Assert.Equal((429, "temporarily_unavailable"), (limited.Status, limited.Text("error")));
        Assert.NotNull(limited.Header("Retry-After"));
        Assert.Equal(200, (await IntrospectAsync("token=x")).Status);
    }

    [Theory]
    [InlineData("", "token")]
    [InlineData("token=", "token")]
    [InlineData("Token=x", "token")]
    [InlineData("token_type_hint=access_token", "token")]
    [InlineData("token=a&token=b", "token")]
    [InlineData("token=a&token=", "token")]
    [InlineData("token=a&touch=true&touch=true", "touch")]
    [InlineData("token=a&touch=yes", "touch")]
    [InlineData("token=a&touch=True", "touch")]
    [InlineData("token=a&client_id=b&%63lient_id=c", "client_id")]
    public async Task A_form_that_breaks_the_rules_is_400_and_names_the_parameter(string body, string parameter)
    {
        var answer = await IntrospectAsync(body);

        Assert.Equal((400, "validation", "invalid_request"), (answer.Status, answer.Problem, answer.Text("error")));
        Assert.Equal(parameter, answer.Json.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }

    [Theory]
    [InlineData("token=%")]
    [InlineData("token=%zz")]
    [InlineData("token=x&other=%FF%FE")]
    public async Task A_form_that_does_not_decode_is_400(string body)
    {
        var answer = await IntrospectAsync(body);
        Assert.Equal((400, "body-unreadable", "invalid_request"), (answer.Status, answer.Problem, answer.Text("error")));
    }

    [Fact]
    public async Task Unknown_parameters_and_hints_are_ignored()
    {
        var (_, token) = await _api.CreateAsync();
        Assert.True(IsActive(await IntrospectAsync($"a=1&a=2&&=&?token=y&token={token}&token_type_hint=saml2&resource=https%3A%2F%2Fx")));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1")]
    [InlineData("")]
    public async Task Another_media_type_is_415_and_says_what_is_taken(string type)
    {
        foreach (var header in new[] { null, "Bearer " + _api.Service.Reveal() })
        {
            (string, string)[] headers = header is null ? [("Content-Type", type)] : [("Content-Type", type), ("Authorization", header)];
            var answer = await _api.SendRawAsync("POST", Path, "token=x", headers);
            Assert.Equal((415, "media-type-unsupported", "invalid_request"), (answer.Status, answer.Problem, answer.Text("error")));
            Assert.Equal("application/x-www-form-urlencoded", answer.Header("Accept"));
        }
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_413()
    {
        var answer = await IntrospectAsync($"token=x&other={new string('x', 70_000)}");
        Assert.Equal((413, "body-too-large", "invalid_request"), (answer.Status, answer.Problem, answer.Text("error")));
    }

    [Fact]
    public async Task A_client_without_the_scope_is_403_insufficient_scope()
    {
        var key = ServiceKey.New("reader");
        await using var api = new ApiFixture(ApiFixture.KeyEntry(1, key, "sessions.read", _api.Clock.GetUtcNow() + TimeSpan.FromDays(1)));

        var answer = await api.SendRawAsync("POST", Path, $"token=x&client_id=reader&client_secret={key.Reveal()}", Form);

        Assert.Equal((403, "forbidden", "insufficient_scope"), (answer.Status, answer.Problem, answer.Text("error")));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_and_never_inactive()
    {
        var (_, token) = await _api.CreateAsync();
        _api.TableHook = _ => throw new SessionCore.Tables.StoreUnavailableException("down");

        var answer = await _api.SendAsync("POST", Path, $"token={token}", Form, ("Session-Consistency", "strong"));

        Assert.Equal((503, "store-unavailable", "temporarily_unavailable"), (answer.Status, answer.Problem, answer.Text("error")));
    }

    [Fact]
    public async Task Other_operations_take_neither_Basic_nor_a_form()
    {
        var key = _api.Service.Reveal();
        var basic = await _api.SendRawAsync("POST", "/api/v1/sessions/introspect", """{"token":"x"}""", ("Authorization", Basic("service", key)));
        Assert.Equal((401, "Bearer"), (basic.Status, basic.Header("WWW-Authenticate")));
        Assert.False(basic.Json.TryGetProperty("error", out _));
        Assert.Equal(415, (await _api.SendAsync("POST", "/api/v1/sessions/introspect", "token=x", Form)).Status);
    }

    private static bool IsActive(ApiAnswer answer) => answer.Status == 200 ? answer.Json.GetProperty("active").GetBoolean() : throw new InvalidOperationException(answer.Body);

    private static string Basic(string name, string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));

    private Task<ApiAnswer> IntrospectAsync(string form) => _api.SendAsync("POST", Path, form, Form);

    private Task<ApiAnswer> PostAsync(string form, params (string Name, string Value)[] headers) => _api.SendRawAsync("POST", Path, form, [Form, .. headers]);
}
