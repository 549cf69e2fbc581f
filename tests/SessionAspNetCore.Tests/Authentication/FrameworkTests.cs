using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.AspNetCore.Authentication;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>What the framework promises of every scheme, and of cookie authentication: path bases, scripts, forwarding, options by name.</summary>
[Collection(nameof(ApiServer))]
public sealed class FrameworkTests(ApiServer api)
{
    [Fact]
    public async Task Below_a_mapped_path_redirects_stay_below_it()
    {
        await using var app = await TestApp.StartAsync(
            api, static options => (options.LoginPath, options.AccessDeniedPath) = ("/login", "/denied"), first: static app => app.Map("/base", static mapped =>
            {
                mapped.UseAuthentication();
                mapped.Map("/challenge", static end => end.Run(static context => context.ChallengeAsync()));
                mapped.Map("/forbid", static end => end.Run(static context => context.ForbidAsync()));
            }));
        using var browser = app.Browse();

        using var challenge = await browser.GetAsync("/base/challenge?a=b");
        using var forbid = await browser.GetAsync("/base/forbid");

        Assert.Equal("/base/login?ReturnUrl=%2Fbase%2Fchallenge%3Fa%3Db", challenge.Headers.Location?.PathAndQuery);
        Assert.Equal("/base/denied", forbid.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Below_a_mapped_login_path_a_sign_in_leads_back()
    {
        await using var app = await TestApp.StartAsync(api, static options => options.LoginPath = "/login", first: static app =>
        {
            app.UseAuthentication();
            app.Map("/login", static end => end.Run(static context => context.SignInAsync(TestApp.Principal(TestApp.NewUser()))));
            app.Map("/elsewhere", static end => end.Run(static context => context.SignInAsync(TestApp.Principal(TestApp.NewUser()))));
            app.Map("/told", static end => end.Run(static context =>
                context.SignInAsync(TestApp.Principal(TestApp.NewUser()), new AuthenticationProperties { RedirectUri = "/told-by-the-application" })));
        });
        using var browser = app.Browse();

        using var back = await browser.GetAsync("/login?ReturnUrl=%2Fpage");
        using var elsewhere = await browser.GetAsync("/elsewhere?ReturnUrl=%2Fpage");
        using var told = await browser.GetAsync("/told?ReturnUrl=%2Fpage");

        Assert.Equal((HttpStatusCode.Redirect, "/page"), (back.StatusCode, back.Headers.Location?.OriginalString));
        Assert.Equal((HttpStatusCode.OK, null), (elsewhere.StatusCode, elsewhere.Headers.Location));
        Assert.Equal("/told-by-the-application", told.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Scripts_get_a_status_and_where_a_page_would_be_sent()
    {
        await using var app = await TestApp.StartAsync(api, static options => options.LogoutPath = "/sign-out");
        using var nobody = app.Browse();
        using var user = await app.SignedInAsync(TestApp.NewUser());
        nobody.Headers["X-Requested-With"] = user.Headers["X-Requested-With"] = "XMLHttpRequest";

        using var challenge = await nobody.GetAsync("/protected");
        using var forbid = await user.GetAsync("/admins");
        using var signOut = await user.GetAsync("/sign-out?ReturnUrl=%2F");

        Assert.Equal((HttpStatusCode.Unauthorized, "/Account/Login"), (challenge.StatusCode, challenge.Headers.Location?.AbsolutePath));
        Assert.Equal((HttpStatusCode.Forbidden, "/Account/AccessDenied"), (forbid.StatusCode, forbid.Headers.Location?.AbsolutePath));
        Assert.Equal((HttpStatusCode.OK, "/"), (signOut.StatusCode, signOut.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Options_may_be_configured_by_the_name_of_the_scheme()
    {
        await using var app = await TestApp.StartAsync(
            api, services: static builder => builder.Services.Configure<SessionsAuthenticationOptions>(SessionsDefaults.AuthenticationScheme, static options => options.Cookie.Name = "One"));

        using var browser = await app.SignedInAsync(TestApp.NewUser());

        Assert.Equal("One", Assert.Single(browser.Cookies).Key);
    }

    [Theory]
    [InlineData("/who-forwarded", "authenticate")]
    [InlineData("/challenge", "challenge")]
    [InlineData("/forbid", "forbid")]
    [InlineData("/in", "sign-in")]
    [InlineData("/out", "sign-out")]
    public async Task What_is_forwarded_is_done_by_the_other_scheme(string path, string done)
    {
        await using var app = await TestApp.StartAsync(
            api,
            static options => options.ForwardDefault = OtherHandler.SchemeName,
            static builder => builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OtherHandler>(OtherHandler.SchemeName, configureOptions: null),
            map: static app =>
            {
                app.MapGet("/who-forwarded", static async (HttpContext context) => (await context.AuthenticateAsync()).Principal);
                app.MapGet("/challenge", static (HttpContext context) => context.ChallengeAsync());
                app.MapGet("/forbid", static (HttpContext context) => context.ForbidAsync());
                app.MapGet("/in", static (HttpContext context) => context.SignInAsync(TestApp.Principal("alice")));
                app.MapGet("/out", static (HttpContext context) => context.SignOutAsync());
            });
        using var browser = app.Browse();

        using var answer = await browser.GetAsync(path);

        Assert.Contains(done, answer.Headers.GetValues(OtherHandler.Header));
        Assert.Empty(browser.Cookies);
    }

    private sealed class OtherHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string SchemeName = "Other";
        public const string Header = "Done";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            Response.Headers.Append(Header, "authenticate");
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Done("challenge");

        protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Done("forbid");

        protected override Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties) => Done("sign-in");

        protected override Task HandleSignOutAsync(AuthenticationProperties? properties) => Done("sign-out");

        private Task Done(string what)
        {
            Response.Headers.Append(Header, what);
            return Task.CompletedTask;
        }
    }
}
