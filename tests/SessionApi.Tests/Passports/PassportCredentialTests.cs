using SessionApi.Tests.Callers;
using static SessionApi.Tests.Passports.PassportSetup;

namespace SessionApi.Tests.Passports;

/// <summary>A passport is for back ends; this API takes it for nothing.</summary>
public sealed class PassportCredentialTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new(Settings(("RateLimit:Failures", "1000000")));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/v1/session")]
    [InlineData("DELETE", "/api/v1/session")]
    [InlineData("POST", "/api/v1/session/rotate")]
    [InlineData("GET", "/api/v1/me/sessions")]
    [InlineData("GET", "/api/v1/sessions?userId=alice")]
    [InlineData("GET", "/api/v1/operations/status")]
    public async Task A_passport_is_no_credential_of_this_api(string method, string target)
    {
        var answer = await _api.SendAsUserAsync(await IssueAsync(_api), method, target);

        Assert.Equal((401, "unauthenticated"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_passport_asks_for_no_further_passport()
    {
        var answer = await _api.SendAsUserAsync(await IssueAsync(_api), "POST", "/api/v1/session/passport", """{"audience":"orders"}""");

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task A_passport_in_the_cookie_is_no_session()
    {
        await using var api = new ApiFixture(Settings(("Cookies:Enabled", "true")));

        var answer = await api.SendRawAsync("GET", "/api/v1/session", json: null, ("Cookie", "__Host-session=" + await IssueAsync(api)));

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task A_passport_introspects_as_inactive()
    {
        var passport = await IssueAsync(_api);

        Assert.Equal("""{"active":false}""", (await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{passport}}"}""")).Body);
        var standard = await _api.SendAsync("POST", "/api/v1/introspect", $"token={passport}", ("Content-Type", "application/x-www-form-urlencoded"));
        Assert.Equal("""{"active":false}""", standard.Body);
    }

    [Fact]
    public async Task A_passport_is_no_token_of_an_application_where_Entra_ID_is_on()
    {
        using var entra = new FakeEntra();
        await using var api = entra.NewApi([.. Settings().Select(setting => (setting.Key, setting.Value!))]);

        var answer = await api.SendAsUserAsync(await IssueAsync(api), "GET", "/api/v1/sessions?userId=alice");

        Assert.Equal((401, "unauthenticated"), (answer.Status, answer.Problem));
    }

    private static async Task<string> IssueAsync(ApiFixture api)
    {
        var (_, token) = await api.CreateAsync();
        return (await api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", """{"audience":"orders"}""")).Text("token");
    }
}
