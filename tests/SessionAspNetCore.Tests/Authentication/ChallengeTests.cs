using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.AspNetCore.Authentication;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>What somebody is told who is not signed in, not allowed, or not strongly enough signed in.</summary>
[Collection(nameof(ApiServer))]
public sealed class ChallengeTests(ApiServer api)
{
    [Fact]
    public async Task A_page_redirects_to_the_login_path_with_the_way_back()
    {
        await using var app = await TestApp.StartAsync(api, options => options.LoginPath = "/login");
        using var browser = app.Browse();

        using var answer = await browser.GetAsync("/protected?a=1&b=2");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/login?ReturnUrl=%2Fprotected%3Fa%3D1%26b%3D2", answer.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task A_request_of_a_script_gets_401()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = app.Browse();
        browser.Headers["X-Requested-With"] = "XMLHttpRequest";

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.StartsWith("/Account/Login", answer.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_of_an_api_gets_401_as_with_cookie_authentication()
    {
        await using var app = await TestApp.StartAsync(api, map: endpoints => endpoints.MapGet("/api/me", () => TypedResults.Ok(1)).RequireAuthorization());
        using var browser = app.Browse();

        using var answer = await browser.GetAsync("/api/me");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_user_who_may_not_is_sent_to_the_page_that_says_so()
    {
        await using var app = await TestApp.StartAsync(api, options => options.AccessDeniedPath = "/denied");
        using var browser = await app.SignedInAsync(TestApp.NewUser());

        using var page = await browser.GetAsync("/admins");
        browser.Headers["X-Requested-With"] = "XMLHttpRequest";
        using var script = await browser.GetAsync("/admins");

        Assert.Equal("/denied?ReturnUrl=%2Fadmins", page.Headers.Location?.PathAndQuery);
        Assert.Equal(HttpStatusCode.Forbidden, script.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_that_does_not_suffice_is_asked_for_again_with_what_is_needed()
    {
        await using var app = await StepUpAppAsync();
        using var browser = await app.SignedInAsync(TestApp.NewUser(), "&level=aal1&methods=pwd");

        using var page = await browser.GetAsync("/transfer");
        browser.Headers["X-Requested-With"] = "XMLHttpRequest";
        using var script = await browser.GetAsync("/transfer");

        Assert.Equal("/step-up?ReturnUrl=%2Ftransfer&acr_values=aal2&max_age=300&amr_values=otp", page.Headers.Location?.PathAndQuery);
        Assert.Equal(HttpStatusCode.Unauthorized, script.StatusCode);
        Assert.Equal("Bearer error=\"insufficient_user_authentication\", acr_values=\"aal2\", max_age=\"300\"", script.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_step_up_keeps_the_session_under_a_new_token()
    {
        await using var app = await StepUpAppAsync();
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user, "&level=aal1&methods=pwd");
        using var otherTab = browser.Copy();
        var before = await browser.JsonAsync("/who");

        using var stepped = await browser.PostAsync("/step-up");
        using var allowed = await browser.GetAsync("/transfer");
        var after = await browser.JsonAsync("/who");

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal(before.GetProperty("sid").GetString(), after.GetProperty("sid").GetString());
        Assert.Equal(before.GetProperty("claims").ToString(), after.GetProperty("claims").ToString());
        Assert.NotEqual(otherTab.Token, browser.Token);
        Assert.False((await otherTab.JsonAsync("/who")).GetProperty("isAuthenticated").GetBoolean());
    }

    [Fact]
    public async Task A_sign_in_that_suffices_is_let_in_by_the_clock_of_the_api()
    {
        // The application's clock is a day ahead: by it the sign-in would be too old.
        await using var app = await TestApp.StartAsync(
            api,
            options => options.TimeProvider = new Support.Time.ManualTimeProvider(TimeProvider.System.GetUtcNow().AddDays(1)),
            map: MapTransfer);
        using var browser = await app.SignedInAsync(TestApp.NewUser(), "&level=aal2&methods=pwd%20otp");

        using var answer = await browser.GetAsync("/transfer");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_asked_to_step_up_who_is_not_signed_in()
    {
        await using var app = await StepUpAppAsync();
        using var browser = app.Browse();

        using var answer = await browser.GetAsync("/transfer");

        Assert.Equal("/Account/Login?ReturnUrl=%2Ftransfer", answer.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public void A_requirement_that_requires_nothing_or_the_impossible_is_refused()
    {
        var policy = new AuthorizationPolicyBuilder();

        Assert.Throws<ArgumentException>(() => policy.RequireSignIn());
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.RequireSignIn(TimeSpan.Zero));
        Assert.Contains("Allowed: aal1, aal2, aal3.", Assert.Throws<ArgumentException>(() => policy.RequireSignIn(minAssurance: "aal4")).Message, StringComparison.Ordinal);
    }

    private Task<TestApp> StepUpAppAsync() => TestApp.StartAsync(api, options => options.StepUpPath = "/step-up", map: MapTransfer);

    private static void MapTransfer(WebApplication endpoints)
    {
        endpoints.MapGet("/transfer", static (HttpContext context) => context.Response.WriteAsync("done"))
            .RequireSignIn(TimeSpan.FromMinutes(5), "aal2", "otp");
        endpoints.MapPost("/step-up", static async (HttpContext context) =>
        {
            await context.StepUpAsync("aal2", ["pwd", "otp"]);
        });
    }
}
