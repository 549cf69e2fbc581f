using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Operations;
using SessionCore.Protection;
using SessionCore.Tables;
using Support.Tables;

namespace SessionApi.Tests.Callers;

public sealed class CredentialTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new(new Dictionary<string, string?> { ["RateLimit:Failures"] = "1000000" });

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Unknown_malformed_expired_and_revoked_tokens_get_one_and_the_same_401()
    {
        var (sid, rotatedAway) = await _api.CreateAsync();
        await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate");
        string?[] credentials =
        [
            null, "", "Bearer", "Bearer ", "Bearer  " + rotatedAway, "Basic dTpw", "Bearer x", "Bearer sst_", $"Bearer {rotatedAway}x",
            $"Bearer {Flip(rotatedAway)}", $"Bearer {rotatedAway}", "Token x", $"Bearer {_api.Service.Reveal()}",
            "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer sst_" + new string('A', 10_000),
        ];
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var credential in credentials)
        {
            (string, string)[] headers = credential is null ? [] : [("Authorization", credential)];
            var answer = await _api.SendRawAsync("GET", "/api/v1/session", null, headers);
            Assert.Equal((401, "Bearer"), (answer.Status, answer.Header("WWW-Authenticate")));
            bodies.Add(answer.Body + string.Join('|', answer.Headers.Keys));
        }

        Assert.Single(bodies);
    }

    [Fact]
    public async Task The_right_token_of_an_ended_session_is_told_why()
    {
        var (sid, token) = await _api.CreateAsync();
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}?reason=lost-phone");

        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session");

        Assert.Equal((401, "unauthenticated"), (answer.Status, answer.Problem));
        Assert.Equal("lost-phone", answer.Text("reason"));
        Assert.Equal(_api.Clock.GetUtcNow(), answer.Json.GetProperty("endedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_lapsed_session_is_told_why_and_the_boundary_instant_has_lapsed()
    {
        var (_, token) = await _api.CreateAsync();
        _api.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
        _api.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session");
        Assert.Equal((401, "idle-timeout"), (answer.Status, answer.Text("reason")));
    }

    [Fact]
    public async Task A_session_token_is_no_service_key_and_the_reverse()
    {
        var (sid, token) = await _api.CreateAsync();
        foreach (var operation in OperationTable.All.Where(operation => operation.Access!.Kind is not CallerKind.Anyone))
        {
            var wrong = operation.Access!.Kind is CallerKind.User ? _api.Service.Reveal() : token;
            var target = $"/api/{operation.Route.Replace("{sid}", sid, StringComparison.Ordinal)}{RequiredQuery(operation)}";
            Assert.Equal(401, (await _api.SendAsUserAsync(wrong, operation.Methods[0], target, Body(operation))).Status);
        }

        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task Every_operation_for_services_asks_for_exactly_its_scopes()
    {
        var scopes = ScopeNames.All;
        var settings = new Dictionary<string, string?>();
        var keys = scopes.Select((scope, index) => ServiceKey.New($"only-{index}")).ToArray();
        foreach (var (index, key) in keys.Index())
        {
            foreach (var (name, value) in ApiFixture.KeyEntry(index + 1, key, scopes[index], _api.Clock.GetUtcNow() + TimeSpan.FromDays(1)))
            {
                settings[name] = value;
            }
        }

        await using var api = new ApiFixture(settings);
        foreach (var operation in OperationTable.All.Where(operation => operation.Access!.Kind is CallerKind.Service))
        {
            foreach (var (index, key) in keys.Index())
            {
                var target = $"/api/{operation.Route.Replace("{sid}", "x", StringComparison.Ordinal)}{RequiredQuery(operation)}";
                var answer = await api.SendAsUserAsync(key.Reveal(), operation.Methods[0], target, Body(operation));
                var isAllowed = operation.Access!.AnyOf.Any(scope => ScopeNames.Of(scope) == scopes[index] || (scope is Scopes.Support && scopes[index] == "sessions.operate"));
                Assert.Equal(isAllowed, answer.Status is not (401 or 403));
                Assert.Equal(!isAllowed, answer.Problem == "forbidden");
            }
        }
    }

    [Fact]
    public async Task Two_credentials_at_once_are_400()
    {
        var (_, token) = await _api.CreateAsync();
        var answer = await _api.SendRawAsync(
            "GET", "/api/v1/session", null, ("Authorization", "Bearer " + token), ("Authorization", "Bearer " + token));
        Assert.Equal((400, "credential-ambiguous"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_service_key_with_one_character_changed_is_401()
    {
        var text = _api.Service.Reveal();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = $"{text[..i]}{(text[i] == 'a' ? 'b' : 'a')}{text[(i + 1)..]}";
            Assert.Equal(401, (await _api.SendAsUserAsync(changed, "GET", "/api/v1/sessions?userId=alice")).Status);
        }
    }

    [Fact]
    public async Task Another_secret_under_a_known_id_and_any_under_an_unknown_one_are_401()
    {
        foreach (var key in new[] { ServiceKey.New("service"), ServiceKey.New("nobody") })
        {
            Assert.Equal(401, (await _api.SendAsUserAsync(key.Reveal(), "GET", "/api/v1/sessions?userId=alice")).Status);
        }
    }

    [Fact]
    public async Task A_service_key_is_refused_from_its_end_on()
    {
        _api.Clock.Advance(TimeSpan.FromDays(60) - TimeSpan.FromTicks(1));
        Assert.Equal(200, (await _api.SendAsync("GET", "/api/v1/sessions?userId=alice")).Status);
        _api.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(401, (await _api.SendAsync("GET", "/api/v1/sessions?userId=alice")).Status);
    }

    [Fact]
    public async Task The_replacement_of_a_key_is_the_same_caller()
    {
        var next = ServiceKey.New("service-2");
        await using var api = new ApiFixture(
            ApiFixture.KeyEntry(1, next, "sessions.create", _api.Clock.GetUtcNow() + TimeSpan.FromDays(1), client: "service"));

        var first = await api.SendAsync("POST", "/api/v1/sessions", "{}", ("Idempotency-Key", "k"));
        var second = await api.SendAsUserAsync(next.Reveal(), "POST", "/api/v1/sessions", "{}", ("Idempotency-Key", "k"));

        Assert.Equal(first.Text("token"), second.Text("token"));
    }

    [Fact]
    public async Task A_foreign_and_an_unknown_sid_get_one_and_the_same_404()
    {
        var (own, token) = await _api.CreateAsync();
        var (foreign, _) = await _api.CreateAsync("""{"userId":"bob"}""");
        var unknown = string.Concat(own.AsSpan(0, 30), foreign.AsSpan(30));

        var answers = new List<ApiAnswer>();
        foreach (var sid in new[] { foreign, unknown, "garbage", token })
        {
            answers.Add(await _api.SendAsUserAsync(token, "DELETE", $"/api/v1/me/sessions/{sid}"));
        }

        Assert.All(answers, answer => Assert.Equal(404, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body + string.Join('|', answer.Headers)).Distinct());
        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{foreign}")).Status);
    }

    [Fact]
    public async Task A_token_of_a_key_that_the_deployment_has_and_this_instance_lacks_is_503()
    {
        await using var later = WithNewerKey(new SessionTables(_api.Tables, new InMemoryTable("due")));
        var (_, token) = await later.CreateAsync();

        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session");
        Assert.Equal((503, "store-unavailable"), (answer.Status, answer.Problem));
        var introspected = await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}"}""");
        Assert.Equal(503, introspected.Status);
    }

    [Fact]
    public async Task A_token_of_a_key_that_the_deployment_lacks_is_401_and_counts_as_a_failure()
    {
        await using var api = new ApiFixture();
        await using var other = WithNewerKey(tables: null);
        var (_, token) = await other.CreateAsync();

        var answers = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            answers.Add((await api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
        }

        Assert.Equal((401, 429), (answers[0], answers[^1]));
    }

    private static ApiFixture WithNewerKey(SessionTables? tables) => new(configure: services =>
    {
        Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<KeyRingOptions>(services, options =>
        {
            var key = KeyRing.Random()[0];
            key.Id = 2;
            options.Ring[0] = new KeyOptions { Id = options.Ring[0].Id, Key = options.Ring[0].Key, State = KeyState.Read };
            options.Ring.Add(key);
        });
        if (tables is not null)
        {
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, tables);
        }
    });

    [Fact]
    public async Task Refusals_are_logged_and_never_with_the_credential()
    {
        var (_, token) = await _api.CreateAsync();
        await _api.SendAsUserAsync(Flip(token), "GET", "/api/v1/session");
        await _api.SendAsUserAsync(ServiceKey.New("intruder").Reveal(), "GET", "/api/v1/sessions?userId=alice");

        Assert.Equal(2, _api.Logs.Ids.Count(id => id == 2100));
        Assert.DoesNotContain("sst_", _api.Logs.AllText, StringComparison.Ordinal);
        Assert.DoesNotContain("ssk_", _api.Logs.AllText, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.1", _api.Logs.AllText, StringComparison.Ordinal);
    }

    private static string Flip(string token) => token[..20] + (token[20] == 'A' ? 'B' : 'A') + token[21..];

    private static string RequiredQuery(Operation operation) => operation.Query.Any(parameter => parameter.IsRequired) ? "?userId=alice" : "";

    private static string? Body(Operation operation) => operation.Methods[0] is "GET" ? null : "{}";
}
