using System.Net;
using SessionAspNetCore.Tests.Hosting;
using Support.Time;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>What SignOutAsync does, and what a user learns of an ended session.</summary>
[Collection(nameof(ApiServer))]
public sealed class SignOutTests(ApiServer api)
{
    [Fact]
    public async Task A_sign_out_ends_the_session_and_deletes_the_cookie()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        using var thief = browser.Copy();

        using var answer = await browser.GetAsync("/sign-out");

        Assert.StartsWith("__Host-session=; expires=Thu, 01 Jan 1970", Assert.Single(browser.LastSetCookies), StringComparison.Ordinal);
        Assert.Contains("; path=/; secure; samesite=lax; httponly", browser.LastSetCookies[0], StringComparison.Ordinal);
        Assert.Equal("signed-out", Assert.Single(await app.SessionsOfAsync(user, state: null)).EndReason);
        using var stolen = await thief.GetAsync("/protected");
        Assert.Equal(HttpStatusCode.Redirect, stolen.StatusCode);
    }

    [Fact]
    public async Task A_sign_out_without_a_session_deletes_the_cookie()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = app.Browse();

        using var answer = await browser.GetAsync("/sign-out");

        Assert.StartsWith("__Host-session=;", Assert.Single(browser.LastSetCookies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_login_page_is_told_why_the_session_ended()
    {
        string? seen = null;
        await using var app = await TestApp.StartAsync(api, options => options.OnSignedOutReason = context =>
        {
            seen = context.End.Reason;
            return Task.CompletedTask;
        });
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        await app.Client.RevokeAllAsync(user, exceptSid: null, "password-changed");

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal("/Account/Login?ReturnUrl=%2Fprotected&reason=password-changed", answer.Headers.Location?.PathAndQuery);
        Assert.Equal("password-changed", seen);
    }

    [Fact]
    public async Task A_failed_authentication_never_deletes_a_cookie_that_a_sign_in_in_another_tab_may_have_set()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        await app.Client.RevokeAllAsync(user);

        using var answer = await browser.GetAsync("/protected");

        Assert.Empty(browser.LastSetCookies);
    }

    [Theory]
    [InlineData("sst_garbage")]
    [InlineData("x")]
    [InlineData("sst_%0d%0aEvil")]
    public async Task A_cookie_that_is_no_token_is_nobody(string cookie)
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = app.Browse();
        browser.Cookies["__Host-session"] = cookie;

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal("/Account/Login?ReturnUrl=%2Fprotected", answer.Headers.Location?.PathAndQuery);
        Assert.False((await browser.JsonAsync("/who")).GetProperty("isAuthenticated").GetBoolean());
    }

    [Fact]
    public async Task A_lapsed_session_says_so()
    {
        await using var app = await TestApp.StartAsync(api, options => options.SlidingExpiration = false);
        using var browser = await app.SignedInAsync(TestApp.NewUser(), "&seconds=1");

        // The server's own clock ends it.
        using var answer = await Eventually.AnswerAsync(() => browser.GetAsync("/protected"), static answer => answer.StatusCode is HttpStatusCode.Redirect);

        Assert.EndsWith("&reason=absolute-lifetime", answer.Headers.Location?.Query, StringComparison.Ordinal);
    }
}
