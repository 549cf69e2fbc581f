using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using SessionAspNetCore.Tests.Hosting;
using Support.Faults;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>The move from cookie authentication: nobody is signed out.</summary>
[Collection(nameof(ApiServer))]
public sealed class FallbackTests(ApiServer api) : IDisposable
{
    private const string OldCookie = ".AspNetCore.Cookies";

    private readonly IDataProtectionProvider _keys = new EphemeralDataProtectionProvider();

    public void Dispose() => api.Proxy.Fate = null;

    [Fact]
    public async Task A_user_with_the_old_cookie_is_let_in_and_moved()
    {
        var user = TestApp.NewUser();
        using var old = await OldCookieAsync(user);
        await using var app = await NewAppAsync();
        using var browser = Take(old, app);

        using var first = await browser.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.False(browser.Cookies.ContainsKey(OldCookie));
        Assert.StartsWith("sst_", browser.Token, StringComparison.Ordinal);
        Assert.Equal("Alice", (await browser.JsonAsync("/who")).GetProperty("name").GetString());
        Assert.Single(await app.SessionsOfAsync(user));
    }

    [Fact]
    public async Task Two_tabs_and_a_lost_answer_make_one_session()
    {
        var user = TestApp.NewUser();
        using var old = await OldCookieAsync(user);
        await using var app = await NewAppAsync();
        using var one = Take(old, app);
        using var other = Take(old, app);

        var answers = await Task.WhenAll(one.GetAsync("/protected"), other.GetAsync("/protected"));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(one.Token, other.Token);
        Assert.Single(await app.SessionsOfAsync(user));
    }

    [Fact]
    public async Task An_old_cookie_does_not_revive_the_session_it_was_moved_to()
    {
        var user = TestApp.NewUser();
        using var old = await OldCookieAsync(user);
        await using var app = await NewAppAsync();
        using var browser = Take(old, app);
        using var moved = await browser.GetAsync("/protected");
        await app.Client.RevokeAllAsync(user);
        using var copy = Take(old, app);

        using var answer = await copy.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(await app.SessionsOfAsync(user));
    }

    [Fact]
    public async Task An_ended_session_is_not_replaced_by_an_old_cookie()
    {
        var user = TestApp.NewUser();
        using var old = await OldCookieAsync(user);
        await using var app = await NewAppAsync();
        using var browser = await app.SignedInAsync(user);
        await app.Client.RevokeAllAsync(user);
        browser.Cookies[OldCookie] = old.Cookies[OldCookie];

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task A_moved_session_that_did_not_slide_keeps_its_end()
    {
        var user = TestApp.NewUser();
        using var old = await OldCookieAsync(user, options =>
        {
            options.SlidingExpiration = false;
            options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        });
        await using var app = await NewAppAsync(static options => options.SlidingExpiration = false);
        using var browser = Take(old, app);

        using var answer = await browser.GetAsync("/protected");

        Assert.InRange(Assert.Single(await app.SessionsOfAsync(user)).ExpiresIn, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task An_old_cookie_that_expired_or_is_not_genuine_lets_nobody_in()
    {
        await using var app = await NewAppAsync();
        using var browser = app.Browse();
        browser.Cookies[OldCookie] = "forged";

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Null(browser.Token);
    }

    [Fact]
    public async Task While_the_api_is_down_a_user_with_the_old_cookie_is_answered_503_and_keeps_it()
    {
        using var old = await OldCookieAsync(TestApp.NewUser());
        await using var app = await NewAppAsync();
        using var browser = Take(old, app);
        api.Proxy.Fate = static _ => HttpFault.Reset;

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(browser.Cookies.ContainsKey(OldCookie));
    }

    [Fact]
    public async Task A_renewal_that_the_old_scheme_plans_does_not_bring_the_old_cookie_back()
    {
        using var old = await OldCookieAsync(TestApp.NewUser());
        await using var app = await NewAppAsync(cookie: static options => options.Events.OnValidatePrincipal = static context =>
        {
            context.ShouldRenew = true;
            return Task.CompletedTask;
        });
        using var browser = Take(old, app);

        using var answer = await browser.GetAsync("/protected");

        Assert.False(browser.Cookies.ContainsKey(OldCookie));
    }

    private async Task<Browser> OldCookieAsync(string user, Action<CookieAuthenticationOptions>? configure = null)
    {
        var builder = TestApp.NewBuilder(api, out var log);
        builder.Services.AddSingleton(_keys);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(configure ?? (static _ => { }));
        builder.Services.AddAuthorization();
        await using var app = await TestApp.StartAsync(builder, log, first: null, map: endpoints =>
            endpoints.MapGet("/in", context => context.SignInAsync(TestApp.Principal(user))));
        var browser = app.Browse();
        using var answer = await browser.GetAsync("/in");
        Assert.True(browser.Cookies.ContainsKey(OldCookie));
        return browser;
    }

    private Task<TestApp> NewAppAsync(Action<CookieAuthenticationOptions>? cookie = null) => TestApp.StartAsync(
        api,
        static options => options.FallbackScheme = CookieAuthenticationDefaults.AuthenticationScheme,
        builder =>
        {
            builder.Services.AddSingleton(_keys);
            builder.Services.AddAuthentication().AddCookie(cookie ?? (static _ => { }));
        });

    private static Browser Take(Browser old, TestApp app)
    {
        var browser = app.Browse();
        browser.Cookies[OldCookie] = old.Cookies[OldCookie];
        return browser;
    }
}
