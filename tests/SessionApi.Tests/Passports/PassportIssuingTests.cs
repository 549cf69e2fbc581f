using static SessionApi.Tests.Passports.PassportSetup;

namespace SessionApi.Tests.Passports;

/// <summary>What a passport says, who gets one and what it costs.</summary>
public sealed class PassportIssuingTests : IAsyncDisposable
{
    private const string Key = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    private const string AskedBody = """{"audience":"orders"}""";

    private readonly ApiFixture _api = new(Settings());

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_passport_tells_the_session_and_is_signed_by_a_published_key()
    {
        var now = _api.Clock.GetUtcNow();
        var (sid, token) = await _api.CreateAsync(
            """{"userId":"al\"ice","claims":{"role":"admin","ü":1e2},"data":{"secret":1},"authenticationMethods":["pwd","otp"],"actor":{"sub":"support-7","reason":"Ticket \"1\""}}""");

        var answer = await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", AskedBody);

        Assert.Equal(200, answer.Status);
        Assert.Equal((Audience, 120), (answer.Text("audience"), answer.Json.GetProperty("expiresInSeconds").GetInt32()));
        Assert.Equal(now.AddSeconds(120), answer.Json.GetProperty("expiresAt").GetDateTimeOffset());
        var passport = answer.Text("token");
        var published = Assert.Single((await _api.SendRawAsync("GET", "/api/v1/passport-keys", json: null)).Json.GetProperty("keys").EnumerateArray());
        Assert.Equal(
            $$"""{"alg":"ES256","typ":"session-passport+jwt","kid":"{{published.GetProperty("kid").GetString()}}"}""", Header(passport).GetRawText());
        Assert.True(IsSignedBy(passport, published));
        var seconds = now.ToUnixTimeSeconds();
        Assert.Equal(
            $$$"""{"iss":"{{{Issuer}}}","aud":"orders","sub":"al\"ice","sid":"{{{sid}}}","iat":{{{seconds}}},"exp":{{{seconds + 120}}},"auth_time":{{{seconds}}},"created_ms":{{{now.ToUnixTimeMilliseconds()}}},"acr":"aal2","amr":["pwd","otp"],"act":{"sub":"support-7","reason":"Ticket \"1\""},"claims":{"role":"admin","ü":1e2},"ver":1}""",
            Claims(passport).GetRawText());
    }

    [Fact]
    public async Task An_anonymous_session_has_no_subject_and_unknown_facts_have_no_claim()
    {
        var (_, token) = await _api.CreateAsync("{}");

        var claims = Claims((await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", AskedBody)).Text("token"));

        Assert.Equal(
            ["iss", "aud", "sid", "iat", "exp", "auth_time", "created_ms", "acr", "claims", "ver"], claims.EnumerateObject().Select(claim => claim.Name));
    }

    [Fact]
    public async Task An_introspection_gives_one_beside_the_session()
    {
        var (sid, token) = await _api.CreateAsync();

        var answer = await IntrospectAsync(token);

        Assert.Equal(sid, answer.Json.GetProperty("session").GetProperty("sid").GetString());
        var passport = answer.Json.GetProperty("passport");
        Assert.Equal(["token", "audience", "expiresAt", "expiresInSeconds"], passport.EnumerateObject().Select(member => member.Name));
        Assert.Equal(sid, Claims(passport.GetProperty("token").GetString()!).GetProperty("sid").GetString());
    }

    [Fact]
    public async Task There_is_none_unless_asked_for_and_none_for_an_ended_or_insufficient_session()
    {
        var (sid, token) = await _api.CreateAsync("""{"userId":"alice","assuranceLevel":"aal1"}""");

        Assert.False((await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}"}""")).Json.TryGetProperty("passport", out _));
        Assert.False((await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}","passport":null}""")).Json.TryGetProperty("passport", out _));
        var insufficient = await IntrospectAsync(token, ""","requires":{"minAssuranceLevel":"aal3"}""");
        Assert.True(insufficient.Json.TryGetProperty("insufficient", out _));
        Assert.False(insufficient.Json.TryGetProperty("passport", out _));
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");
        Assert.Equal("""{"active":false}""", (await IntrospectAsync(token)).Body);
        Assert.Equal(401, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", AskedBody)).Status);
    }

    [Fact]
    public async Task A_session_under_a_key_gets_no_passport()
    {
        var saved = await _api.SendAsync("PUT", $"/api/v1/keyed-sessions/{Key}", """{"userId":"alice","data":{}}""");

        Assert.Equal(201, saved.Status);
        Assert.False(saved.Json.TryGetProperty("token", out _));
        Assert.Equal("""{"active":false}""", (await IntrospectAsync(Key)).Body);
        Assert.Equal("session-has-key", (await _api.SendAsync("POST", $"/api/v1/sessions/{saved.Text("sid")}/rotate")).Problem);
    }

    [Theory]
    [InlineData("billing")] // of another client
    [InlineData("Orders")]
    [InlineData("nobody")]
    public async Task An_audience_of_another_client_and_an_unknown_one_are_refused_alike(string audience)
    {
        var (_, token) = await _api.CreateAsync();

        var users = await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", $$"""{"audience":"{{audience}}"}""");
        var services = await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$$"""{"token":"{{{token}}}","passport":{"audience":"{{{audience}}}"}}""");

        Assert.Equal((403, "audience-refused"), (users.Status, users.Problem));
        Assert.Equal((403, "audience-refused", users.Body), (services.Status, services.Problem, services.Body));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"audience":null}""")]
    [InlineData("""{"audience":""}""")]
    [InlineData("""{"audience":"a b"}""")]
    [InlineData("""{"audience":["orders"]}""")]
    [InlineData("""{"audience":"orders","life":1}""")]
    public async Task A_request_that_names_no_audience_is_refused(string body)
    {
        var (_, token) = await _api.CreateAsync();

        Assert.Equal(400, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", body)).Status);
        Assert.Equal(400, (await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$$"""{"token":"{{{token}}}","passport":{{{body}}}}""")).Status);
    }

    [Theory]
    [InlineData("""{"idleTimeoutSeconds":60}""", 60)]
    [InlineData("""{"idleTimeoutSeconds":70,"absoluteLifetimeSeconds":75}""", 70)]
    [InlineData("""{"idleTimeoutSeconds":75,"absoluteLifetimeSeconds":75}""", 75)]
    [InlineData("{}", 120)]
    public async Task A_passport_never_outlives_the_session(string session, int seconds)
    {
        _api.Clock.Advance(TimeSpan.FromMilliseconds(900));
        var (_, token) = await _api.CreateAsync(session);
        var created = _api.Clock.GetUtcNow();

        var answer = await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", AskedBody);

        var expires = DateTimeOffset.FromUnixTimeSeconds(Claims(answer.Text("token")).GetProperty("exp").GetInt64());
        Assert.InRange(expires, created.AddSeconds(seconds - 1), created.AddSeconds(seconds));
        Assert.Equal(expires, answer.Json.GetProperty("expiresAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_passport_of_the_last_second_is_already_expired()
    {
        var (_, token) = await _api.CreateAsync("""{"idleTimeoutSeconds":60}""");
        _api.Clock.Advance(TimeSpan.FromMilliseconds(59_999));

        var answer = await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", AskedBody);

        var claims = Claims(answer.Text("token"));
        Assert.InRange(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64(), 0, 1);
    }

    [Fact]
    public async Task It_is_activity_only_with_touch()
    {
        var (sid, token) = await _api.CreateAsync();
        _api.Clock.Advance(TimeSpan.FromMinutes(30));
        var before = await LastSeenAsync(sid);

        await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", AskedBody);
        Assert.Equal(before, await LastSeenAsync(sid));

        Assert.Equal(200, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", """{"audience":"orders","touch":true}""")).Status);
        Assert.NotEqual(before, await LastSeenAsync(sid));
    }

    [Fact]
    public async Task Issuing_adds_no_call_to_an_introspection()
    {
        var (_, token) = await _api.CreateAsync();
        await IntrospectAsync(token);
        _api.Tables.Reset();

        await IntrospectAsync(token);
        await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", AskedBody);

        Assert.Equal(0, _api.Tables.TotalCalls);
    }

    [Fact]
    public async Task Where_passports_are_off_no_audience_exists_and_no_key_is_published()
    {
        await using var off = new ApiFixture();
        var (_, token) = await off.CreateAsync();

        Assert.Equal("audience-refused", (await off.SendAsUserAsync(token, "POST", "/api/v1/session/passport", AskedBody)).Problem);
        Assert.Equal("""{"keys":[]}""", (await off.SendRawAsync("GET", "/api/v1/passport-keys", json: null)).Body);
    }

    private Task<ApiAnswer> IntrospectAsync(string token, string more = "") =>
        _api.SendAsync("POST", "/api/v1/sessions/introspect", $$$"""{"token":"{{{token}}}","passport":{"audience":"orders"}{{{more}}}}""");

    private async Task<string> LastSeenAsync(string sid) => (await _api.SendAsync("GET", $"/api/v1/sessions/{sid}")).Text("lastSeenAt");
}
