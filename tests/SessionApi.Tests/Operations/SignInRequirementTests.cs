using System.Text.Json;

namespace SessionApi.Tests.Operations;

/// <summary>What a call requires of the sign-in: the member of introspect, the headers of users, and the challenge of RFC 9470.</summary>
public sealed class SignInRequirementTests : IAsyncDisposable
{
    private const string Age = "Session-Max-Authentication-Age";
    private const string Level = "Session-Min-Assurance-Level";
    private const string Methods = "Session-Authentication-Methods";

    private static readonly (string Method, string Path)[] Checked =
    [
        ("GET", "/api/v1/session"), ("POST", "/api/v1/session/touch"), ("GET", "/api/v1/me/sessions"), ("DELETE", "/api/v1/me/sessions?except=current"),
    ];

    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Introspect_names_what_is_missing_and_stays_active()
    {
        var (sid, token) = await _api.CreateAsync("""{"userId":"alice","assuranceLevel":"aal1"}""");
        _api.Clock.Advance(TimeSpan.FromSeconds(300));
        Assert.False((await IntrospectAsync(token, """{"maxAuthenticationAgeSeconds":300,"minAssuranceLevel":"aal1"}""")).TryGetProperty("insufficient", out _));
        Assert.Equal("""{"minAssuranceLevel":"aal2"}""", Insufficient(await IntrospectAsync(token, """{"maxAuthenticationAgeSeconds":300,"minAssuranceLevel":"aal2"}""")));
        _api.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(
            """{"maxAuthenticationAgeSeconds":300,"minAssuranceLevel":"aal3"}""",
            Insufficient(await IntrospectAsync(token, """{"maxAuthenticationAgeSeconds":300,"minAssuranceLevel":"aal3"}""")));

        var stepped = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", """{"assuranceLevel":"aal3"}""");
        Assert.False((await IntrospectAsync(stepped.Text("token"), """{"maxAuthenticationAgeSeconds":300,"minAssuranceLevel":"aal3"}""")).TryGetProperty("insufficient", out _));
    }

    [Fact]
    public async Task All_methods_that_are_named_must_have_been_used()
    {
        var (_, token) = await _api.CreateAsync("""{"userId":"alice","authenticationMethods":["pwd","otp"]}""");
        Assert.False((await IntrospectAsync(token, """{"methods":["otp","pwd"]}""")).TryGetProperty("insufficient", out _));
        Assert.False((await IntrospectAsync(token, """{"methods":[]}""")).TryGetProperty("insufficient", out _));
        Assert.Equal("""{"methods":["hwk","OTP"]}""", Insufficient(await IntrospectAsync(token, """{"methods":["hwk","pwd","OTP"]}""")));

        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, (Methods, "pwd , otp"))).Status);
        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, (Methods, "pwd"), (Methods, "hwk"));
        Assert.Equal((401, """{"methods":["hwk"]}"""), (answer.Status, answer.Json.GetProperty("insufficient").GetRawText()));
    }

    [Fact]
    public async Task A_problem_repeats_no_name_that_is_not_registered()
    {
        var (_, token) = await _api.CreateAsync("""{"userId":"alice","authenticationMethods":["pwd"]}""");
        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, (Methods, "a-secret, HWK, otp, pwd"));
        Assert.Equal((401, """{"methods":["other","otp"]}"""), (answer.Status, answer.Json.GetProperty("insufficient").GetRawText()));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"maxAuthenticationAgeSeconds":null,"minAssuranceLevel":null}""")]
    public async Task A_requirement_of_nothing_is_met(string requires)
    {
        var (_, token) = await _api.CreateAsync();
        Assert.False((await IntrospectAsync(token, requires)).TryGetProperty("insufficient", out _));
    }

    [Fact]
    public async Task Nobody_has_signed_in_to_an_anonymous_session()
    {
        var (_, token) = await _api.CreateAsync("{}");
        Assert.Equal("""{"minAssuranceLevel":"aal1"}""", Insufficient(await IntrospectAsync(token, """{"minAssuranceLevel":"aal1"}""")));
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, (Level, "aal1"))).Status);
    }

    [Theory]
    [InlineData("""{"maxAuthenticationAgeSeconds":0}""", "#/requires/maxAuthenticationAgeSeconds")]
    [InlineData("""{"maxAuthenticationAgeSeconds":-5}""", "#/requires/maxAuthenticationAgeSeconds")]
    [InlineData("""{"maxAuthenticationAgeSeconds":315360001}""", "#/requires/maxAuthenticationAgeSeconds")]
    [InlineData("""{"maxAuthenticationAgeSeconds":"300"}""", "#/requires/maxAuthenticationAgeSeconds")]
    [InlineData("""{"minAssuranceLevel":"aal4"}""", "#/requires/minAssuranceLevel")]
    [InlineData("""{"minAssuranceLevel":2}""", "#/requires/minAssuranceLevel")]
    [InlineData("""{"methods":"pwd"}""", "#/requires/methods")]
    [InlineData("""{"methods":[""]}""", "#/requires/methods")]
    [InlineData("""{"methods":["pwd","pwd"]}""", "#/requires/methods")]
    [InlineData("""{"methods":["a","b","c","d","e","f","g","h","i"]}""", "#/requires/methods")]
    [InlineData("""{"maxAge":300}""", "#/requires")]
    [InlineData("[]", "#/requires")]
    [InlineData("\"aal2\"", "#/requires")]
    public async Task What_nobody_can_meet_is_400_and_is_named(string requires, string member)
    {
        var (_, token) = await _api.CreateAsync();

        var answer = await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}","requires":{{requires}}}""");

        Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
        Assert.Equal(member, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task The_users_own_calls_are_challenged()
    {
        var (_, token) = await _api.CreateAsync("""{"userId":"alice","assuranceLevel":"aal1"}""");
        _api.Clock.Advance(TimeSpan.FromMinutes(10));
        foreach (var (method, path) in Checked)
        {
            var answer = await _api.SendAsUserAsync(token, method, path, null, (Age, "300"), (Level, "aal2"));

            Assert.Equal((401, "sign-in-insufficient"), (answer.Status, answer.Problem));
            Assert.Equal("""{"maxAuthenticationAgeSeconds":300,"minAssuranceLevel":"aal2"}""", answer.Json.GetProperty("insufficient").GetRawText());
            Assert.Equal(
                "Bearer error=\"insufficient_user_authentication\", acr_values=\"aal2 aal3\", max_age=\"300\"",
                answer.Header("WWW-Authenticate"));
            Assert.True((await _api.SendAsUserAsync(token, method, path, null, (Age, "600"), (Level, "aal1"))).Status is 200 or 204);
        }
    }

    [Fact]
    public async Task The_challenge_has_all_that_is_required_and_the_problem_what_is_missing()
    {
        var (_, token) = await _api.CreateAsync("""{"userId":"alice","assuranceLevel":"aal1"}""");

        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, (Age, "300"), (Level, "aal3"));

        Assert.Equal("""{"minAssuranceLevel":"aal3"}""", answer.Json.GetProperty("insufficient").GetRawText());
        Assert.EndsWith("acr_values=\"aal3\", max_age=\"300\"", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_changes_nothing_and_is_no_failure()
    {
        var (sid, token) = await _api.CreateAsync("""{"userId":"alice","assuranceLevel":"aal1"}""");
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(401, (await _api.SendAsUserAsync(token, "DELETE", "/api/v1/me/sessions", null, (Level, "aal2"))).Status);
        }

        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
        Assert.Equal(401, (await _api.SendAsUserAsync("sst_x", "GET", "/api/v1/session")).Status);
    }

    [Theory]
    [InlineData(Age, "0")]
    [InlineData(Age, "")]
    [InlineData(Age, "-1")]
    [InlineData(Age, "1.5")]
    [InlineData(Age, "5 ")]
    [InlineData(Age, "300, 400")]
    [InlineData(Age, "315360001")]
    [InlineData(Age, "99999999999999999999")]
    [InlineData(Level, "")]
    [InlineData(Level, "aal4")]
    [InlineData(Level, "AAL2")]
    [InlineData(Level, "aal1, aal2")]
    [InlineData(Methods, "")]
    [InlineData(Methods, "pwd,,otp")]
    [InlineData(Methods, "pwd,pwd")]
    [InlineData(Methods, "p wd")]
    public async Task A_header_that_nobody_can_meet_is_400_and_is_named(string name, string value)
    {
        var (_, token) = await _api.CreateAsync();

        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, (name, value));

        Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
        Assert.Equal(name, answer.Json.GetProperty("errors")[0].GetProperty("header").GetString());
    }

    [Theory]
    [InlineData("POST", "/api/v1/session/rotate")]
    [InlineData("DELETE", "/api/v1/session")]
    public async Task Where_it_is_not_checked_it_is_refused(string method, string path)
    {
        var (sid, token) = await _api.CreateAsync();
        Assert.Equal((400, "validation"), StatusOf(await _api.SendAsUserAsync(token, method, path, null, (Level, "aal1"))));
        Assert.Equal((400, "validation"), StatusOf(await _api.SendAsync("GET", $"/api/v1/sessions/{sid}", null, (Level, "aal1"))));
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
    }

    private static (int Status, string? Problem) StatusOf(ApiAnswer answer) => (answer.Status, answer.Problem);

    private static string Insufficient(JsonElement answer) => answer.GetProperty("insufficient").GetRawText();

    private async Task<JsonElement> IntrospectAsync(string token, string requires)
    {
        var answer = await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}","touch":false,"requires":{{requires}}}""");
        Assert.Equal(200, answer.Status);
        Assert.True(answer.Json.GetProperty("active").GetBoolean());
        Assert.Equal("live", answer.Json.GetProperty("session").GetProperty("state").GetString());
        return answer.Json;
    }
}
