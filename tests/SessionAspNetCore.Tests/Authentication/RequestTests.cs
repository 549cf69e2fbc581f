using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.AspNetCore.Authentication;
using Support.Faults;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>Requests of a user who is signed in.</summary>
[Collection(nameof(ApiServer))]
public sealed class RequestTests(ApiServer api) : IDisposable
{
    public void Dispose() => api.Proxy.Fate = null;

    [Fact]
    public async Task A_request_asks_the_api_once_however_often_the_session_is_needed()
    {
        await using var app = await TestApp.StartAsync(api, map: static endpoints => endpoints.MapGet("/often", static async context =>
        {
            await context.AuthenticateAsync();
            await context.GetSessionAsync();
            await context.GetSessionAsync();
        }).RequireAuthorization().RequireSignIn(TimeSpan.FromHours(1)));
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        var before = api.Proxy.Calls;

        using var answer = await browser.GetAsync("/often");

        Assert.Equal((HttpStatusCode.OK, 1), (answer.StatusCode, api.Proxy.Calls - before));
    }

    [Fact]
    public async Task A_request_without_a_cookie_asks_nothing()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = app.Browse();
        browser.Cookies["other"] = "1";
        browser.Cookies["__Host-session"] = "something else";
        var before = api.Proxy.Calls;

        using var answer = await browser.GetAsync("/open");

        Assert.Equal(before, api.Proxy.Calls);
    }

    [Fact]
    public async Task A_request_is_activity_unless_the_application_says_otherwise()
    {
        await using var app = await TestApp.StartAsync(api, static options => options.CountsAsActivity = static context => context.Request.Path != "/open");
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        var bodies = new List<string>();
        api.Proxy.Fate = request =>
        {
            bodies.Add(Encoding.UTF8.GetString(request.Body.Span));
            return null;
        };

        using var poll = await browser.GetAsync("/open");
        using var use = await browser.GetAsync("/protected");

        Assert.Contains("\"touch\":false", bodies[0], StringComparison.Ordinal);
        Assert.DoesNotContain("\"touch\":false", bodies[1], StringComparison.Ordinal);
        Assert.All(bodies, body => Assert.Contains("\"ipAddress\":\"127.0.0.1\"", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_active_session_needs_no_new_cookie()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = await app.SignedInAsync(TestApp.NewUser(), "&persistent=1");

        using var answer = await browser.GetAsync("/protected");

        Assert.Empty(browser.LastSetCookies);
    }

    [Fact]
    public async Task The_application_may_reject_a_principal()
    {
        await using var app = await TestApp.StartAsync(api, static options => options.Events.OnValidatePrincipal = static context =>
        {
            context.RejectPrincipal();
            return Task.CompletedTask;
        });
        using var browser = await app.SignedInAsync(TestApp.NewUser());

        using var answer = await browser.GetAsync("/protected");
        var who = await browser.JsonAsync("/who");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("null", who.GetProperty("sid").GetRawText());
    }

    [Fact]
    public async Task The_application_may_reject_a_principal_and_sign_it_out()
    {
        var user = TestApp.NewUser();
        await using var app = await TestApp.StartAsync(api, static options => options.Events.OnValidatePrincipal = static async context =>
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        });
        using var browser = await app.SignedInAsync(user);

        using var answer = await browser.GetAsync("/protected");

        Assert.Empty(browser.Cookies);
        Assert.Empty(await app.SessionsOfAsync(user));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replaced_principal_stays_when_it_is_renewed(bool isRenewed)
    {
        var isOn = true;
        await using var app = await TestApp.StartAsync(api, options => options.Events.OnValidatePrincipal = context =>
        {
            if (isOn)
            {
                context.ReplacePrincipal(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "Replaced")], "password")));
                context.Properties.Items["updated"] = "yes";
                context.ShouldRenew = isRenewed;
            }

            return Task.CompletedTask;
        });
        using var browser = await app.SignedInAsync(TestApp.NewUser());

        var first = await browser.JsonAsync("/who");
        isOn = false;
        var second = await browser.JsonAsync("/who");

        Assert.Equal("Replaced", first.GetProperty("name").GetString());
        Assert.Equal(isRenewed ? "Replaced" : "Alice", second.GetProperty("name").GetString());
        Assert.Equal(isRenewed, second.GetProperty("items").TryGetProperty("updated", out _));
    }

    [Fact]
    public async Task What_transforms_claims_is_not_kept()
    {
        await using var app = await TestApp.StartAsync(
            api,
            static options => options.Events.OnValidatePrincipal = static context =>
            {
                context.ShouldRenew = true;
                return Task.CompletedTask;
            },
            static builder => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IClaimsTransformation, Transformation>(builder.Services));
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        await browser.JsonAsync("/who");

        var claims = (await browser.JsonAsync("/who")).GetProperty("claims").ToString();

        // More than once in a request the transformation may run, but never on what it made in the request before.
        Assert.DoesNotContain("transformed=twice", claims, StringComparison.Ordinal);
        Assert.Contains("transformed=once", claims, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_and_a_sign_out_count_for_the_rest_of_the_request()
    {
        var sids = new List<string?>();
        await using var app = await TestApp.StartAsync(api, map: endpoints => endpoints.MapGet("/both", async context =>
        {
            await context.SignInAsync(TestApp.Principal(TestApp.NewUser()));
            sids.Add((await context.GetSessionAsync())?.Sid);
            await context.SignOutAsync();
            sids.Add((await context.GetSessionAsync())?.Sid);
        }));
        using var browser = app.Browse();

        using var answer = await browser.GetAsync("/both");

        Assert.StartsWith("ses_", sids[0], StringComparison.Ordinal);
        Assert.Null(sids[1]);
        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task A_renewal_keeps_the_data_of_the_application()
    {
        await using var app = await TestApp.StartAsync(
            api,
            static options => options.Events.OnValidatePrincipal = static context =>
            {
                context.ShouldRenew = true;
                return Task.CompletedTask;
            },
            map: static endpoints => endpoints.MapGet("/cart", static async context =>
            {
                var session = await context.GetSessionAsync();
                await context.Response.WriteAsync(session!.Data!.Value.TryGetProperty("cart", out var cart) ? cart.GetRawText() : "none");
            }));
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        var sid = (await browser.JsonAsync("/who")).GetProperty("sid").GetString()!;
        await app.Client.MergeDataAsync(sid, new() { ["cart"] = 7 });
        using var renewed = await browser.GetAsync("/protected");

        using var answer = await browser.GetAsync("/cart");

        Assert.Equal("7", await answer.Content.ReadAsStringAsync());
        Assert.Equal("Alice", (await browser.JsonAsync("/who")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_session_that_is_ended_while_a_request_renews_it_is_not_revived_and_the_request_is_nobodys()
    {
        var user = TestApp.NewUser();
        var ends = false;
        TestApp? running = null;
        await using var app = await TestApp.StartAsync(api, options => options.Events.OnValidatePrincipal = async context =>
        {
            if (ends)
            {
                await running!.Client.RevokeAllAsync(user);
                context.ShouldRenew = true;
            }
        });
        running = app;
        using var browser = await app.SignedInAsync(user);
        ends = true;

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(await app.SessionsOfAsync(user));
    }

    [Fact]
    public async Task A_request_in_flight_while_its_user_signs_in_again_is_finished_and_the_old_session_ends()
    {
        var user = TestApp.NewUser();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await TestApp.StartAsync(api, map: endpoints => endpoints.MapGet("/slow", async context =>
        {
            entered.SetResult();
            await leave.Task;
            await context.Response.WriteAsync("done");
        }).RequireAuthorization());
        using var browser = await app.SignedInAsync(user);
        using var tab = browser.Copy();

        var slow = tab.GetAsync("/slow");
        await entered.Task;
        using var again = await browser.PostAsync($"/sign-in?user={user}");
        leave.SetResult();
        using var answer = await slow;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(tab.LastSetCookies);
        Assert.Single(await app.SessionsOfAsync(user));
        using var late = await tab.GetAsync("/protected");
        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_and_requests_of_another_tab_at_the_same_time_leave_one_session()
    {
        var user = TestApp.NewUser();
        await using var app = await TestApp.StartAsync(api);
        using var browser = await app.SignedInAsync(user);
        using var tab = browser.Copy();

        var touches = Enumerable.Range(0, 8).Select(_ => tab.Copy().GetAsync("/protected")).ToList();
        using var again = await browser.PostAsync($"/sign-in?user={user}");
        foreach (var touch in await Task.WhenAll(touches))
        {
            Assert.Contains(touch.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Redirect]);
            touch.Dispose();
        }

        Assert.Single(await app.SessionsOfAsync(user));
        using var answer = await browser.GetAsync("/protected");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_is_a_day_off_changes_nothing(int days)
    {
        var clock = new Support.Time.ManualTimeProvider(TimeProvider.System.GetUtcNow().AddDays(days));
        await using var app = await TestApp.StartAsync(api, options =>
        {
            options.TimeProvider = clock;
            options.ExpireTimeSpan = TimeSpan.FromMinutes(20);
        });
        using var browser = await app.SignedInAsync(TestApp.NewUser(), "&persistent=1");
        var cookie = browser.LastSetCookies[0];

        using var answer = await browser.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        // The browser's clock counts for the cookie; the application's is the best guess of it.
        var expires = DateTimeOffset.Parse(cookie.Split("expires=")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(expires > clock.GetUtcNow());
    }

    [Fact]
    public async Task No_log_line_at_any_level_holds_a_token_or_the_service_key()
    {
        await using var app = await TestApp.StartAsync(api, static options => options.AcceptBearer = true);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        var tokens = new List<string> { browser.Token! };
        using var mobile = app.Browse();
        mobile.Headers["Authorization"] = "Bearer " + browser.Token;
        using var asMobile = await mobile.GetAsync("/protected");
        using var again = await browser.PostAsync($"/sign-in?user={user}");
        tokens.Add(browser.Token!);
        using var ended = await mobile.GetAsync("/protected");
        api.Proxy.Fate = static _ => HttpFault.Reset;
        using var down = await browser.GetAsync("/protected");
        api.Proxy.Fate = null;
        using var signedOut = await browser.GetAsync("/sign-out");

        Assert.NotEmpty(app.Log.Lines);
        Assert.All(tokens, token => Assert.DoesNotContain(app.Log.Lines, line => line.Contains(token, StringComparison.Ordinal)));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(api.ServiceKey, StringComparison.Ordinal));
    }

    private sealed class Transformation : IClaimsTransformation
    {
        private readonly System.Runtime.CompilerServices.ConditionalWeakTable<ClaimsPrincipal, object> _made = [];

        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            if (_made.TryGetValue(principal, out _))
            {
                return Task.FromResult(principal);
            }

            var made = principal.Clone();
            made.AddIdentity(new ClaimsIdentity([new Claim("transformed", principal.HasClaim("transformed", "once") ? "twice" : "once")]));
            _made.Add(made, made);
            return Task.FromResult(made);
        }
    }
}
