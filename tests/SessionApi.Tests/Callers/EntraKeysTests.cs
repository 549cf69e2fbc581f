namespace SessionApi.Tests.Callers;

public sealed class EntraKeysTests : IAsyncDisposable
{
    private readonly FakeEntra _entra = new();
    private readonly ApiFixture _api;

    public EntraKeysTests() => _api = _entra.NewApi();

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _entra.Dispose();
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_any_number_of_tokens()
    {
        Assert.Empty(_entra.Requests);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, await ReadAsync("key-1"));
        }

        Assert.Equal(2, _entra.Requests.Count);
    }

    [Fact]
    public async Task A_new_key_is_found_and_an_unknown_one_looked_for_once_in_five_minutes()
    {
        Assert.Equal(200, await ReadAsync("key-1"));
        _entra.Published["key-2"] = FakeEntra.NewRsa(2048);

        Assert.Equal(401, await ReadAsync("key-2"));
        Assert.Equal(2, _entra.Requests.Count);
        _api.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(200, await ReadAsync("key-2"));
        Assert.Equal(4, _entra.Requests.Count);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(401, await ReadAsync($"made-up-{i}"));
        }

        Assert.Equal(4, _entra.Requests.Count);
    }

    [Fact]
    public async Task Without_any_key_an_outage_is_503_and_not_401()
    {
        _entra.IsDown = true;
        var answer = await _api.SendAsUserAsync(Token("key-1"), "GET", "/api/v1/sessions?userId=alice");
        Assert.Equal((503, "identity-unavailable"), (answer.Status, answer.Problem));
        Assert.NotNull(answer.Header("Retry-After"));
        Assert.Contains(2200, _api.Logs.Ids);

        _entra.IsDown = false;
        _api.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, await ReadAsync("key-1"));
    }

    [Fact]
    public async Task An_outage_neither_opens_nor_closes_what_is_known()
    {
        Assert.Equal(200, await ReadAsync("key-1"));
        _entra.IsDown = true;
        _api.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(200, await ReadAsync("key-1"));
        Assert.Equal(503, await ReadAsync("key-2"));
        Assert.Equal(401, (await _api.SendAsUserAsync(Token("key-1") + "x", "GET", "/api/v1/sessions?userId=alice")).Status);
    }

    [Fact]
    public async Task A_key_that_is_withdrawn_is_forgotten_within_a_day()
    {
        Assert.Equal(200, await ReadAsync("key-1"));
        var withdrawn = _entra.Published["key-1"];
        _entra.Published["key-2"] = FakeEntra.NewRsa(2048);
        _entra.Published.Remove("key-1");
        _api.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromTicks(1));

        // The request that finds the keys old starts the fetch and does not wait for it.
        _entra.Published["key-1"] = withdrawn;
        var token = Token("key-1");
        _entra.Published.Remove("key-1");
        await _api.SendAsUserAsync(token, "GET", "/api/v1/sessions?userId=alice");
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "GET", "/api/v1/sessions?userId=alice")).Status);
    }

    [Fact]
    public async Task Metadata_of_another_issuer_is_not_believed()
    {
        _entra.MetadataIssuer = "https://login.microsoftonline.com/common/v2.0";
        Assert.Equal(503, await ReadAsync("key-1"));
        Assert.Single(_entra.Requests);
    }

    [Fact]
    public async Task A_key_set_that_is_not_on_https_is_not_fetched()
    {
        _entra.KeysAddress = "http://login.microsoftonline.com/keys";
        Assert.Equal(503, await ReadAsync("key-1"));
        Assert.Single(_entra.Requests);
    }

    [Fact]
    public async Task A_weak_key_and_one_for_encryption_are_no_keys()
    {
        _entra.Published["weak"] = FakeEntra.NewRsa(1024);
        Assert.Equal(401, await ReadAsync("weak"));
        _entra.AlterKey = jwk => jwk["use"] = "enc";
        await using var api = _entra.NewApi();
        Assert.Equal(503, (await api.SendAsUserAsync(Token("key-1"), "GET", "/api/v1/sessions?userId=alice")).Status);
    }

    [Fact]
    public async Task A_certificate_published_with_a_key_is_not_looked_at()
    {
        _entra.AlterKey = jwk => jwk["x5c"] = new System.Text.Json.Nodes.JsonArray("garbage");
        Assert.Equal(200, await ReadAsync("key-1"));
    }

    private string Token(string keyId) => _entra.Sign(FakeEntra.Header("RS256", keyId), FakeEntra.Claims(_api.Clock.GetUtcNow()));

    private async Task<int> ReadAsync(string keyId) => (await _api.SendAsUserAsync(Token(keyId), "GET", "/api/v1/sessions?userId=alice")).Status;
}
