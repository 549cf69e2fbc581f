using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SessionAspNetCore.Tests.Hosting;
using Support.Faults;
using Support.Time;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>Bad days: nobody is signed in, and nobody is signed out, by a failure.</summary>
[Collection(nameof(ApiServer))]
public sealed class UnavailableTests(ApiServer api) : IDisposable
{
    /// <summary>Gets what may happen to a request of the API.</summary>
    public static TheoryData<string> Faults => ["503", "500", "429", "reset", "html", "half", "black hole"];

    public void Dispose() => api.Proxy.Fate = null;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_request_with_a_token_is_answered_503_and_never_401(string fault)
    {
        await using var patient = await TestApp.StartAsync(api);
        using var signedIn = await patient.SignedInAsync(TestApp.NewUser());
        await using var app = await TestApp.StartAsync(api, client: static options => options.Timeout = TimeSpan.FromMilliseconds(300));
        using var browser = app.Browse();
        browser.Cookies["__Host-session"] = signedIn.Token!;
        api.Proxy.Fate = _ => FaultOf(fault);

        foreach (var path in (string[])["/protected", "/open", "/sign-out"])
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.Empty(browser.LastSetCookies);
        }

        api.Proxy.Fate = null;
        await WaitForBreakerAsync(browser);
    }

    [Fact]
    public async Task The_wait_is_that_of_the_api()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        api.Proxy.Fate = static _ => HttpFault.Answer(503, "down", retryAfterSeconds: 17);

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal(TimeSpan.FromSeconds(17), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_asked_so_nothing_fails()
    {
        await using var app = await TestApp.StartAsync(api);
        api.Proxy.Fate = static _ => HttpFault.Reset;
        using var browser = app.Browse();

        using var open = await browser.GetAsync("/open");
        using var closed = await browser.GetAsync("/protected");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (open.StatusCode, closed.StatusCode));
    }

    [Fact]
    public async Task A_request_may_be_anonymous_meanwhile_but_not_where_a_user_is_needed()
    {
        await using var app = await TestApp.StartAsync(api, static options => options.AnonymousWhenUnavailable = true);
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        api.Proxy.Fate = static _ => HttpFault.Answer(503, "down");

        using var open = await browser.GetAsync("/open");
        using var closed = await browser.GetAsync("/protected");
        using var asked = await browser.GetAsync("/who");

        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, closed.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, asked.StatusCode);
    }

    [Fact]
    public async Task A_scheme_that_is_not_the_default_asks_only_where_it_is_named_and_fails_there_only()
    {
        await using var good = await TestApp.StartAsync(api);
        using var signedIn = await good.SignedInAsync(TestApp.NewUser());
        var builder = TestApp.NewBuilder(api, out var log);
        builder.Services.AddAuthentication("Other").AddCookie("Other").AddSessions();
        builder.Services.AddAuthorization();
        await using var app = await TestApp.StartAsync(builder, log, first: null, map: static endpoints =>
            endpoints.MapGet("/named", static (HttpContext context) => context.Response.WriteAsync("named"))
                .RequireAuthorization(static policy => policy.AddAuthenticationSchemes("Sessions").RequireAuthenticatedUser()));
        using var browser = app.Browse();
        browser.Cookies["__Host-session"] = signedIn.Token!;
        using var up = await browser.GetAsync("/named");
        api.Proxy.Fate = static _ => HttpFault.Reset;
        var before = api.Proxy.Calls;

        using var open = await browser.GetAsync("/open");
        var asked = api.Proxy.Calls - before;
        using var named = await browser.GetAsync("/named");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, 0), (up.StatusCode, open.StatusCode, asked));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, named.StatusCode);
        Assert.NotNull(named.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("exception handler")]
    [InlineData("developer page")]
    public async Task A_sign_in_is_answered_503_whatever_handles_exceptions(string handler)
    {
        await using var app = await TestApp.StartAsync(
            api,
            services: builder => builder.Services.AddProblemDetails(),
            first: application =>
            {
                if (handler == "exception handler")
                {
                    application.UseExceptionHandler();
                }
                else if (handler == "developer page")
                {
                    application.UseDeveloperExceptionPage();
                }
            });
        using var browser = app.Browse();
        api.Proxy.Fate = static _ => HttpFault.Answer(503, "down", retryAfterSeconds: 9);

        using var answer = await browser.PostAsync($"/sign-in?user={TestApp.NewUser()}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(9), answer.Headers.RetryAfter?.Delta);
        Assert.Empty(browser.LastSetCookies);
    }

    [Fact]
    public async Task The_application_writes_what_users_see()
    {
        await using var app = await TestApp.StartAsync(api, static options => options.OnUnavailable = static context => context.Response.WriteAsync("Back soon."));
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        api.Proxy.Fate = static _ => HttpFault.Reset;

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Back soon."), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_service_key_that_is_refused_signs_nobody_out_and_is_logged_once()
    {
        await using var good = await TestApp.StartAsync(api);
        using var signedIn = await good.SignedInAsync(TestApp.NewUser());
        await using var app = await TestApp.StartAsync(api, client: options => options.ServiceKey = options.ServiceKey![..^1] + (options.ServiceKey[^1] == 'A' ? 'B' : 'A'));
        using var browser = app.Browse();
        browser.Cookies["__Host-session"] = signedIn.Token!;

        using var first = await browser.GetAsync("/protected");
        using var second = await browser.GetAsync("/protected");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (first.StatusCode, second.StatusCode));
        Assert.Single(app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_is_signed_in_again_when_the_api_is_back()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        api.Proxy.Fate = static _ => HttpFault.Reset;
        using var down = await browser.GetAsync("/protected");

        api.Proxy.Fate = null;
        using var up = await browser.GetAsync("/protected");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (down.StatusCode, up.StatusCode));
    }

    private static HttpFault FaultOf(string fault) => fault switch
    {
        "503" => HttpFault.Answer(503, "down"),
        "500" => HttpFault.Answer(500, "broken"),
        "429" => HttpFault.Answer(429, "busy", retryAfterSeconds: 30),
        "reset" => HttpFault.Reset,
        "html" => HttpFault.Html,
        "half" => HttpFault.HalfAnswer,
        _ => HttpFault.BlackHole,
    };

    // The circuit may be open for a moment.
    private static async Task WaitForBreakerAsync(Browser browser)
    {
        using var answer = await Eventually.AnswerAsync(
            () => browser.GetAsync("/protected"), static answer => answer.StatusCode is not HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
