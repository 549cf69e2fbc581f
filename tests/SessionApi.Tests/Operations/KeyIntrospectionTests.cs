using SessionApi.Callers;
using SessionCore.Tables;

namespace SessionApi.Tests.Operations;

/// <summary>Token introspection of keys: only with the hint, only with the scope, and only the caller's own.</summary>
public sealed class KeyIntrospectionTests : IAsyncDisposable
{
    private const string Path = "/api/v1/introspect";
    private const string Key = "5fox7UOmwt-13LUyMTBNScCCz1WyM8ygQTqwuTvml5M";
    private const string Inactive = """{"active":false}""";

    private static readonly (string Name, string Value) Form = ("Content-Type", "application/x-www-form-urlencoded");

    private readonly ServiceKey _other = ServiceKey.New("other");
    private readonly ServiceKey _second = ServiceKey.New("service-2");
    private readonly ServiceKey _unscoped = ServiceKey.New("service-3");
    private readonly ApiFixture _api;

    public KeyIntrospectionTests()
    {
        var settings = new Dictionary<string, string?>();
        var end = new Support.Time.ManualTimeProvider().GetUtcNow() + TimeSpan.FromDays(1);
        foreach (var entry in (IEnumerable<KeyValuePair<string, string?>>)[
            .. ApiFixture.KeyEntry(1, _other, "sessions.introspect,sessions.keyed", end),
            .. ApiFixture.KeyEntry(2, _second, "sessions.introspect,sessions.keyed", end, client: "service"),
            .. ApiFixture.KeyEntry(3, _unscoped, "sessions.introspect", end, client: "third"),
        ])
        {
            settings[entry.Key] = entry.Value;
        }

        _api = new ApiFixture(settings);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_answer_is_that_of_a_token_without_its_type()
    {
        var created = _api.Clock.GetUtcNow().ToUnixTimeSeconds();
        var sid = await SaveAsync("""{"data":{"secret":1},"userId":"alice","claims":{"scope":"read","token_type":"x"}}""");

        var answer = await IntrospectAsync($"token={Key}&token_type_hint=session_key");

        var ends = answer.Json.GetProperty("exp").GetInt64();
        Assert.Equal(
            (200, $$"""{"active":true,"sub":"alice","sid":"{{sid}}","iat":{{created}},"exp":{{ends}},"auth_time":{{created}},"acr":"{{answer.Text("acr")}}","client_id":"service","scope":"read"}"""),
            (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&token_type_hint=")]
    [InlineData("&token_type_hint=access_token")]
    [InlineData("&token_type_hint=Session_Key")]
    public async Task Without_the_hint_a_key_is_inactive_and_costs_no_read(string hint)
    {
        await SaveAsync();
        _api.Tables.Reset();

        var answer = await IntrospectAsync($"token={Key}{hint}");

        Assert.Equal((200, Inactive, 0), (answer.Status, answer.Body, _api.Tables.RowsRead));
    }

    [Fact]
    public async Task Only_the_client_that_has_the_key_is_told_its_session()
    {
        await SaveAsync();
        foreach (var (caller, isActive) in new[] { (_api.Service, true), (_second, true), (_other, false), (_unscoped, false) })
        {
            var answer = await _api.SendRawAsync("POST", Path, $"token={Key}&token_type_hint=session_key&client_id={caller.Id}&client_secret={caller.Reveal()}", Form);
            Assert.Equal((200, isActive), (answer.Status, answer.Json.GetProperty("active").GetBoolean()));
            Assert.True(isActive || answer.Body == Inactive);
        }
    }

    [Fact]
    public async Task Without_the_scope_of_keys_its_own_key_is_inactive_too()
    {
        var bare = ServiceKey.New("service-4");
        var end = _api.Clock.GetUtcNow() + TimeSpan.FromDays(1);
        await using var api = new ApiFixture(ApiFixture.KeyEntry(1, bare, "sessions.introspect", end, client: "service"));
        Assert.Equal(201, (await api.SendAsync("PUT", $"/api/v1/keyed-sessions/{Key}", """{"data":{}}""")).Status);

        var form = $"token={Key}&token_type_hint=session_key";
        Assert.True((await api.SendAsync("POST", Path, form, Form)).Json.GetProperty("active").GetBoolean());
        var answer = await api.SendRawAsync("POST", Path, form, Form, ("Authorization", "Bearer " + bare.Reveal()));
        Assert.Equal((200, Inactive), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("5fox7UOmwt-13LUyMTBNScCCz1WyM8ygQTqwuTvml5N")]
    [InlineData("5fox7UOmwt-13LUyMTBNScCCz1WyM8ygQTqwuTvml5M=")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")]
    public async Task What_is_no_key_of_a_session_is_inactive(string text)
    {
        await SaveAsync();
        var answer = await IntrospectAsync($"token={text}&token_type_hint=session_key");
        Assert.Equal((200, Inactive), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task With_the_hint_a_token_is_a_token_still()
    {
        var (sid, token) = await _api.CreateAsync();
        var answer = await IntrospectAsync($"token={token}&token_type_hint=session_key");
        Assert.Equal((sid, "Bearer"), (answer.Text("sid"), answer.Text("token_type")));
    }

    [Fact]
    public async Task An_ended_session_is_inactive_and_nothing_more()
    {
        await SaveAsync();
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/keyed-sessions/{Key}")).Status);
        foreach (var touch in new[] { "", "&touch=true" })
        {
            Assert.Equal(Inactive, (await IntrospectAsync($"token={Key}&token_type_hint=session_key{touch}")).Body);
        }
    }

    [Fact]
    public async Task It_counts_as_activity_only_with_touch()
    {
        await SaveAsync("""{"data":{},"idleTimeoutSeconds":3600}""");
        _api.Clock.Advance(TimeSpan.FromMinutes(40));
        var touched = await IntrospectAsync($"token={Key}&token_type_hint=session_key&touch=true");
        Assert.Equal(_api.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), touched.Json.GetProperty("exp").GetInt64());
        _api.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.NotEqual(Inactive, (await IntrospectAsync($"token={Key}&token_type_hint=session_key&touch=false")).Body);
        _api.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(Inactive, (await IntrospectAsync($"token={Key}&token_type_hint=session_key")).Body);
    }

    [Theory]
    [InlineData("", 0, 1)]
    [InlineData("&touch=false", 0, 1)]
    [InlineData("&touch=true", 0, 1)]
    public async Task It_costs_what_a_read_of_the_key_costs(string touch, int readsOfHit, int readsOfMiss)
    {
        await SaveAsync();
        var form = $"token={Key}&token_type_hint=session_key{touch}";
        await IntrospectAsync(form);
        foreach (var (isFlushed, reads) in new[] { (false, readsOfHit), (true, readsOfMiss) })
        {
            if (isFlushed)
            {
                _api.Cache.Flush();
            }

            _api.Tables.Reset();
            Assert.True((await IntrospectAsync(form)).Json.GetProperty("active").GetBoolean());
            Assert.Equal((reads, reads), (_api.Tables.TotalCalls, _api.Tables.RowsRead));
        }
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_and_never_inactive()
    {
        await SaveAsync();
        _api.TableHook = _ => throw new StoreUnavailableException("down");

        var answer = await _api.SendAsync("POST", Path, $"token={Key}&token_type_hint=session_key", Form, ("Session-Consistency", "strong"));

        Assert.Equal((503, "store-unavailable", "temporarily_unavailable"), (answer.Status, answer.Problem, answer.Text("error")));
    }

    private async Task<string> SaveAsync(string body = """{"data":{}}""")
    {
        var saved = await _api.SendAsync("PUT", $"/api/v1/keyed-sessions/{Key}", body);
        Assert.Equal(201, saved.Status);
        return saved.Text("sid");
    }

    private Task<ApiAnswer> IntrospectAsync(string form) => _api.SendAsync("POST", Path, form, Form);
}
