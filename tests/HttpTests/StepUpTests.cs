namespace HttpTests;

/// <summary>Requirements on the sign-in over HTTP, with the challenge of RFC 9470.</summary>
public sealed class StepUpTests(RunningHost host) : HttpSuite(host)
{
    [Fact]
    public async Task A_service_learns_what_the_sign_in_lacks_until_the_user_has_stepped_up()
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice","assuranceLevel":"aal1"}""");
        var before = await IntrospectAsync(created.TextOf("token"));
        Assert.True(before.Json.GetProperty("active").GetBoolean());
        Assert.Equal("""{"minAssuranceLevel":"aal2"}""", before.Json.GetProperty("insufficient").GetRawText());

        var stepped = await Api.ServiceAsync("POST", $"/v1/sessions/{created.TextOf("sid")}/rotate", """{"assuranceLevel":"aal2"}""");
        Assert.False((await IntrospectAsync(stepped.TextOf("token"))).Json.TryGetProperty("insufficient", out _));
    }

    [Fact]
    public async Task A_user_is_challenged()
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice","assuranceLevel":"aal1"}""");

        var answer = await Api.UserAsync(
            created.TextOf("token"), "GET", "/v1/session", body: null, ("Session-Max-Authentication-Age", "3600"), ("Session-Min-Assurance-Level", "aal2"));

        Assert.Equal((401, "sign-in-insufficient"), ((int)answer.Status, answer.Problem));
        Assert.Equal(
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"aal2 aal3\", max_age=\"3600\"",
            answer.Header("WWW-Authenticate"));
        Assert.Equal("""{"minAssuranceLevel":"aal2"}""", answer.Json.GetProperty("insufficient").GetRawText());
    }

    [Fact]
    public async Task Methods_that_were_not_used_are_named()
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice","authenticationMethods":["pwd"]}""");
        var token = created.TextOf("token");
        var service = await Api.ServiceAsync("POST", "/v1/sessions/introspect", $$$"""{"token":"{{{token}}}","requires":{"methods":["pwd","hwk"]}}""");
        Assert.Equal("""{"methods":["hwk"]}""", service.Json.GetProperty("insufficient").GetRawText());
        Assert.Equal(401, (int)(await Api.UserAsync(token, "GET", "/v1/session", body: null, ("Session-Authentication-Methods", "hwk"))).Status);
        Assert.Equal(200, (int)(await Api.UserAsync(token, "GET", "/v1/session", body: null, ("Session-Authentication-Methods", "pwd"))).Status);
    }

    [Theory]
    [InlineData("""{"methods":["pwd","pwd"]}""")]
    [InlineData("""{"maxAuthenticationAgeSeconds":0}""")]
    [InlineData("""{"minAssuranceLevel":"aal4"}""")]
    public async Task What_nobody_can_meet_is_400(string requires)
    {
        var answer = await Api.ServiceAsync("POST", "/v1/sessions/introspect", $$"""{"token":"x","requires":{{requires}}}""");
        Assert.Equal((400, "validation"), ((int)answer.Status, answer.Problem));
    }

    private Task<Support.Http.ApiAnswer> IntrospectAsync(string token) =>
        Api.ServiceAsync("POST", "/v1/sessions/introspect", $$$"""{"token":"{{{token}}}","requires":{"maxAuthenticationAgeSeconds":3600,"minAssuranceLevel":"aal2"}}""");
}
