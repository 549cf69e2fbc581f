using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.Client;
using Support.Faults;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>What SignInAsync does.</summary>
[Collection(nameof(ApiServer))]
public sealed class SignInTests(ApiServer api) : IDisposable
{
    public void Dispose() => api.Proxy.Fate = null;

    [Fact]
    public async Task A_sign_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = await app.SignedInAsync(TestApp.NewUser());

        var cookie = Assert.Single(browser.LastSetCookies);

        Assert.StartsWith("__Host-session=sst_", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_of_a_sign_in_is_not_cached()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = app.Browse();

        using var answer = await browser.PostAsync($"/sign-in?user={TestApp.NewUser()}");

        Assert.True(answer.Headers.CacheControl is { NoCache: true, NoStore: true });
        Assert.Equal("no-cache", answer.Headers.Pragma.ToString());
    }

    [Fact]
    public async Task A_persistent_cookie_ends_with_the_session()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user, "&persistent=1");

        var expires = browser.LastSetCookies[0].Split("; ").Single(part => part.StartsWith("expires=", StringComparison.Ordinal))["expires=".Length..];
        var session = Assert.Single(await app.SessionsOfAsync(user));

        Assert.True(session.Persistent);
        var end = DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture);
        Assert.InRange(end - session.AbsoluteExpiresAt, TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Everything_of_a_principal_comes_back()
    {
        var principal = new ClaimsPrincipal(
        [
            new ClaimsIdentity(
                [
                    new Claim("urn:id", TestApp.NewUser()),
                    new Claim("urn:role", "a"),
                    new Claim("urn:role", "b"),
                    new Claim("urn:since", "2020", ClaimValueTypes.Integer, "issuer", "original"),
                    new Claim("name", "Zoë \"<&>\" 界"),
                ],
                "password",
                nameType: "name",
                roleType: "urn:role"),
            new ClaimsIdentity([new Claim("second", "1")], "otp"),
        ]);
        ClaimsPrincipal? seen = null;
        await using var app = await TestApp.StartAsync(api, map: endpoints =>
        {
            endpoints.MapGet("/in", context => context.SignInAsync(principal));
            endpoints.MapGet("/see", context =>
            {
                seen = context.User;
                return Task.CompletedTask;
            });
        });
        using var browser = app.Browse();

        using var signedIn = await browser.GetAsync("/in");
        using var seenIt = await browser.GetAsync("/see");

        Assert.NotNull(seen);
        Assert.Equal(["password", "otp"], seen.Identities.Select(identity => identity.AuthenticationType));
        Assert.Equal(
            principal.Claims.Select(claim => (claim.Type, claim.Value, claim.ValueType, claim.Issuer, claim.OriginalIssuer)),
            seen.Claims.Select(claim => (claim.Type, claim.Value, claim.ValueType, claim.Issuer, claim.OriginalIssuer)));
        Assert.Equal("Zoë \"<&>\" 界", seen.Identity?.Name);
        Assert.True(seen.IsInRole("a") && seen.IsInRole("b") && !seen.IsInRole("c"));
    }

    [Fact]
    public async Task Properties_come_back_and_parameters_do_not()
    {
        AuthenticationProperties? seen = null;
        var issued = new DateTimeOffset(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var properties = new AuthenticationProperties { IsPersistent = true, AllowRefresh = false, IssuedUtc = issued, ExpiresUtc = issued.AddMinutes(10) };
        properties.Items["theme"] = "dark";
        properties.StoreTokens([new AuthenticationToken { Name = "id_token", Value = "x.y.z" }]);
        properties.SetParameter("once", "1");
        await using var app = await TestApp.StartAsync(api, map: endpoints =>
        {
            endpoints.MapGet("/in", context => context.SignInAsync(TestApp.Principal(TestApp.NewUser()), properties));
            endpoints.MapGet("/see", async context => seen = (await context.AuthenticateAsync()).Properties);
        });
        using var browser = app.Browse();

        using var signedIn = await browser.GetAsync("/in");
        using var seenIt = await browser.GetAsync("/see");

        Assert.NotNull(seen);
        Assert.Equal(("dark", "x.y.z"), (seen.Items["theme"], seen.GetTokenValue("id_token")));
        Assert.True(seen is { IsPersistent: true, AllowRefresh: false });
        Assert.Equal(issued, seen.IssuedUtc);
        Assert.InRange(seen.ExpiresUtc!.Value - issued.AddMinutes(10), TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));
        Assert.Null(seen.GetParameter<string>("once"));
    }

    [Fact]
    public async Task Nothing_of_the_principal_is_visible_to_the_user_unless_it_is_shared()
    {
        await using var app = await TestApp.StartAsync(api, options => options.SharedClaims[ClaimTypes.Role] = "roles");
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);

        var session = (await app.Client.IntrospectAsync(browser.Token!)).Session!;

        Assert.Equal("""{"roles":["editor","admin"]}""", session.Claims!.Value.GetRawText());
    }

    [Fact]
    public async Task A_session_knows_its_device_user_and_sign_in()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user, "&level=aal2&methods=pwd%20otp");

        var session = Assert.Single(await app.SessionsOfAsync(user));

        Assert.Equal(user, session.UserId);
        Assert.Equal("Firefox on Linux", session.Device?.Name);
        Assert.Equal("127.0.0.1", session.Device?.IpAddress);
        Assert.Equal(AssuranceLevel.Aal2, session.AssuranceLevel);
        Assert.Equal(["pwd", "otp"], session.AuthenticationMethods);
    }

    [Fact]
    public async Task The_methods_of_an_identity_provider_are_those_of_the_session()
    {
        var user = TestApp.NewUser();
        var principal = TestApp.Principal(user);
        principal.AddIdentity(new ClaimsIdentity([new Claim("amr", "pwd"), new Claim("amr", "mfa"), new Claim("amr", "pwd")]));
        await using var app = await TestApp.StartAsync(api, map: endpoints => endpoints.MapGet("/in", context => context.SignInAsync(principal)));
        using var browser = app.Browse();

        using var answer = await browser.GetAsync("/in");

        Assert.Equal(["pwd", "mfa"], Assert.Single(await app.SessionsOfAsync(user)).AuthenticationMethods);
    }

    [Fact]
    public async Task A_sign_in_ends_the_session_it_replaces()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        using var before = browser.Copy();

        using var again = await browser.PostAsync($"/sign-in?user={user}");

        var sessions = await app.SessionsOfAsync(user, state: null);
        Assert.Equal("replaced", Assert.Single(sessions, session => !session.IsLive).EndReason);
        Assert.Single(sessions, session => session.IsLive);
        Assert.True((await browser.JsonAsync("/who")).GetProperty("isAuthenticated").GetBoolean());
        Assert.False((await before.JsonAsync("/who")).GetProperty("isAuthenticated").GetBoolean());
    }

    [Fact]
    public async Task Another_user_may_sign_in_over_a_session()
    {
        await using var app = await TestApp.StartAsync(api);
        var (first, second) = (TestApp.NewUser(), TestApp.NewUser());
        using var browser = await app.SignedInAsync(first);

        using var answer = await browser.PostAsync($"/sign-in?user={second}");

        Assert.Empty(await app.SessionsOfAsync(first));
        Assert.Single(await app.SessionsOfAsync(second));
        Assert.Contains($"{ClaimTypes.NameIdentifier}={second}", (await browser.JsonAsync("/who")).GetProperty("claims").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creation_whose_answer_is_lost_makes_one_session()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        var lost = 0;
        api.Proxy.Fate = request => IsCreation(request) && Interlocked.Exchange(ref lost, 1) == 0 ? HttpFault.CutAnswer : null;

        using var browser = await app.SignedInAsync(user);

        Assert.Equal(1, lost);
        Assert.Single(await app.SessionsOfAsync(user));
        Assert.True((await browser.JsonAsync("/who")).GetProperty("isAuthenticated").GetBoolean());
    }

    [Fact]
    public async Task A_creation_that_is_reset_is_sent_again()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        var lost = 0;
        api.Proxy.Fate = request => IsCreation(request) && Interlocked.Exchange(ref lost, 1) == 0 ? HttpFault.Reset : null;

        using var browser = await app.SignedInAsync(user);

        Assert.Single(await app.SessionsOfAsync(user));
    }

    [Fact]
    public async Task A_sign_in_whose_old_session_cannot_be_ended_fails_and_leaves_no_new_one()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        var old = Assert.Single(await app.SessionsOfAsync(user)).Sid;
        api.Proxy.Fate = request => request.Method == "DELETE" && request.Target.Contains(old, StringComparison.Ordinal) ? HttpFault.Answer(503, "down") : null;

        using var answer = await browser.PostAsync($"/sign-in?user={user}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Empty(browser.LastSetCookies);
        Assert.Equal(old, Assert.Single(await app.SessionsOfAsync(user)).Sid);
    }

    [Fact]
    public async Task A_principal_that_does_not_fit_is_refused_with_what_to_do()
    {
        Exception? failure = null;
        await using var app = await TestApp.StartAsync(api, map: endpoints => endpoints.MapGet("/in", async context =>
        {
            var principal = TestApp.Principal(TestApp.NewUser());
            principal.AddIdentity(new ClaimsIdentity([new Claim("big", new string('x', 30_000))]));
            failure = await Record.ExceptionAsync(() => context.SignInAsync(principal));
        }));
        using var browser = app.Browse();

        using var answer = await browser.GetAsync("/in");

        Assert.Contains("holds at most 32768. Keep fewer claims", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal);
        Assert.Empty(browser.LastSetCookies);
    }

    [Fact]
    public async Task The_largest_principal_that_is_not_refused_fits()
    {
        var user = TestApp.NewUser();
        AuthenticationTicket? ticket = null;
        var length = 0;
        await using var app = await TestApp.StartAsync(api, map: endpoints =>
        {
            endpoints.MapGet("/in", context => context.SignInAsync(ticket!.Principal, ticket.Properties));
            endpoints.MapGet("/length", context => context.Response.WriteAsync($"{context.User.FindFirst("big")?.Value.Length}"));
        });
        for (length = 24_500; length > 23_000; length--)
        {
            ticket = BigTicket(user, length);
            if (Record.Exception(() => SessionTicket.ToData(ticket)) is null)
            {
                break;
            }
        }

        using var browser = app.Browse();
        using var signedIn = await browser.GetAsync("/in");
        using var answer = await browser.GetAsync("/length");

        Assert.Equal($"{length}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_user_without_an_id_is_signed_in_and_the_log_says_what_to_set()
    {
        await using var app = await TestApp.StartAsync(api, map: endpoints => endpoints.MapGet("/in", context =>
            context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "Bob")], "password")))));
        using var browser = app.Browse();

        using var answer = await browser.GetAsync("/in");

        Assert.Equal("Bob", (await browser.JsonAsync("/who")).GetProperty("name").GetString());
        Assert.Contains(app.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("Set UserId in AddSessions", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExpireTimeSpan_slides_or_is_an_end(bool isSliding)
    {
        await using var app = await TestApp.StartAsync(api, options =>
        {
            options.ExpireTimeSpan = TimeSpan.FromMinutes(20);
            options.SlidingExpiration = isSliding;
        });
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);

        var session = Assert.Single(await app.SessionsOfAsync(user));

        Assert.Equal(isSliding, session.IdleTimeout == TimeSpan.FromMinutes(20));
        Assert.Equal(!isSliding, session.ExpiresIn <= TimeSpan.FromMinutes(20));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(10_000)]
    public async Task A_lifetime_beyond_the_policy_is_that_of_the_policy_and_the_log_says_so_once(int days)
    {
        await using var app = await TestApp.StartAsync(api, options => options.ExpireTimeSpan = TimeSpan.FromDays(days));
        var user = TestApp.NewUser();

        using var one = await app.SignedInAsync(user);
        using var other = await app.SignedInAsync(user);

        Assert.All(await app.SessionsOfAsync(user), session => Assert.Equal(TimeSpan.FromHours(1), session.IdleTimeout));
        Assert.Single(app.Log.Lines, line => line.Contains("exceeds the policy of the session API", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lifetime_that_is_too_long_for_some_sessions_is_kept_for_others(bool slides)
    {
        var lifetime = TimeSpan.FromDays(14);
        await using var app = await TestApp.StartAsync(api, options => (options.ExpireTimeSpan, options.SlidingExpiration) = (lifetime, slides));
        using var refused = await app.SignedInAsync(TestApp.NewUser());
        var user = TestApp.NewUser();

        using var remembered = await app.SignedInAsync(user, "&persistent=1");

        var session = Assert.Single(await app.SessionsOfAsync(user));
        Assert.Equal(lifetime, slides ? session.IdleTimeout : session.AbsoluteExpiresAt - session.CreatedAt);
    }

    [Fact]
    public async Task A_session_of_another_service_has_its_user_and_claims()
    {
        await using var app = await TestApp.StartAsync(api);
        var user = TestApp.NewUser();
        var issued = await app.Client.CreateAsync(new NewSession
        {
            UserId = user,
            Claims = new() { ["name"] = "Carol", ["roles"] = new System.Text.Json.Nodes.JsonArray("a", "b"), ["age"] = 7, ["none"] = null },
        });
        using var browser = app.Browse();
        browser.Cookies["__Host-session"] = issued.Token;

        var who = await browser.JsonAsync("/who");

        Assert.Equal("Carol", who.GetProperty("name").GetString());
        Assert.Equal(
            [$"{ClaimTypes.NameIdentifier}={user}", $"{ClaimTypes.Name}=Carol", $"{ClaimTypes.Role}=a", $"{ClaimTypes.Role}=b", "age=7"],
            who.GetProperty("claims").EnumerateArray().Select(claim => claim.GetString()));
        Assert.Equal(issued.Sid, who.GetProperty("sid").GetString());
    }

    [Fact]
    public async Task The_return_url_is_honored_on_the_login_path_and_on_this_host_only()
    {
        await using var app = await TestApp.StartAsync(api, options => options.LoginPath = "/sign-in");
        using var browser = app.Browse();
        var user = TestApp.NewUser();

        using var here = await browser.PostAsync($"/sign-in?user={user}&ReturnUrl=%2Fprotected%3Fa%3D1");
        using var elsewhere = await browser.PostAsync($"/sign-in?user={user}&ReturnUrl=%2F%2Fevil.example");
        using var absolute = await browser.PostAsync($"/sign-in?user={user}&ReturnUrl=https%3A%2F%2Fevil.example");

        Assert.Equal("/protected?a=1", here.Headers.Location?.OriginalString);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (elsewhere.StatusCode, absolute.StatusCode));
    }

    private static AuthenticationTicket BigTicket(string user, int length)
    {
        var principal = TestApp.Principal(user);

        // Bytes of all kinds, as those of real claims.
        principal.AddIdentity(new ClaimsIdentity([new Claim("big", string.Concat(Enumerable.Range(0, length).Select(static i => (char)('!' + (i % 90)))))]));
        return new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = DateTimeOffset.UnixEpoch }, SessionsDefaults.AuthenticationScheme);
    }

    private static bool IsCreation(ProxiedRequest request) => request.Method == "POST" && request.Target.EndsWith("/v1/sessions", StringComparison.Ordinal);
}
