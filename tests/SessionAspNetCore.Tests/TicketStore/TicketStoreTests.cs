using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.Client;
using Support.Faults;

namespace SessionAspNetCore.Tests.TicketStore;

/// <summary>The store as cookie authentication uses it, and by itself.</summary>
[Collection(nameof(ApiServer))]
public sealed class TicketStoreTests(ApiServer api) : IDisposable
{
    private static readonly DateTimeOffset OtherClock = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Dispose() => api.Proxy.Fate = null;

    [Fact]
    public async Task A_ticket_comes_back_as_it_was_stored()
    {
        await using var app = await StartAsync();
        var store = StoreOf(app);
        var ticket = Ticket(TestApp.NewUser());
        ticket.Properties.Items["x"] = "1";

        var key = await store.StoreAsync(ticket);
        var seen = await store.RetrieveAsync(key);

        Assert.NotNull(seen);
        Assert.Equal(ticket.Principal.Claims.Select(claim => claim.ToString()), seen.Principal.Claims.Select(claim => claim.ToString()));
        Assert.Equal(ticket.Properties.Items, seen.Properties.Items);
        Assert.Equal(ticket.AuthenticationScheme, seen.AuthenticationScheme);
    }

    [Fact]
    public async Task No_two_keys_are_equal_and_none_reaches_the_api()
    {
        await using var app = await StartAsync();
        var targets = new List<string>();
        api.Proxy.Fate = request =>
        {
            targets.Add(request.Target + System.Text.Encoding.UTF8.GetString(request.Body.Span));
            return null;
        };
        var store = StoreOf(app);

        var keys = new[] { await store.StoreAsync(Ticket(TestApp.NewUser())), await store.StoreAsync(Ticket(TestApp.NewUser())) };
        await store.RetrieveAsync(keys[0]);

        Assert.NotEqual(keys[0], keys[1]);
        Assert.All(keys, key => Assert.DoesNotContain(targets, target => target.Contains(key, StringComparison.Ordinal)));
        Assert.All(keys, key => Assert.DoesNotContain(app.Log.Lines, line => line.Contains(key, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_unknown_key_has_no_ticket_and_its_removal_is_no_error()
    {
        await using var app = await StartAsync();
        var store = StoreOf(app);

        Assert.Null(await store.RetrieveAsync("unknown"));
        await store.RemoveAsync("unknown");
    }

    [Fact]
    public async Task A_renewed_ticket_replaces_the_stored_one()
    {
        await using var app = await StartAsync();
        var store = StoreOf(app);
        var user = TestApp.NewUser();
        var key = await store.StoreAsync(Ticket(user));

        await store.RenewAsync(key, Ticket(user, "renewed"));

        Assert.Equal("renewed", (await store.RetrieveAsync(key))?.Principal.FindFirst("mark")?.Value);
        Assert.Single(await app.SessionsOfAsync(user));
    }

    [Fact]
    public async Task A_late_renewal_does_not_revive_a_removed_ticket()
    {
        await using var app = await StartAsync();
        var store = StoreOf(app);
        var user = TestApp.NewUser();
        var key = await store.StoreAsync(Ticket(user));
        await store.RemoveAsync(key);

        await store.RenewAsync(key, Ticket(user));

        Assert.Null(await store.RetrieveAsync(key));
        Assert.Empty(await app.SessionsOfAsync(user));
        Assert.Contains(app.Log.Lines, line => line.StartsWith("Debug", StringComparison.Ordinal) && line.Contains("A ticket was not renewed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sign_out_everywhere_ends_tickets_too()
    {
        await using var app = await StartAsync();
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/protected"));

        await app.Client.RevokeAllAsync(user);

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browser, "/protected"));
    }

    [Fact]
    public async Task A_sign_in_a_request_and_a_sign_out_work_as_with_any_store()
    {
        await using var app = await StartAsync();
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        var session = Assert.Single(await app.SessionsOfAsync(user));
        Assert.Equal("Alice", (await browser.JsonAsync("/name")).GetString());
        using var thief = browser.Copy();

        using var signedOut = await browser.GetAsync("/sign-out");

        Assert.Equal("Firefox on Linux", session.Device?.Name);
        Assert.Equal("signed-out", Assert.Single(await app.SessionsOfAsync(user, state: null)).EndReason);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(thief, "/protected"));
    }

    [Fact]
    public async Task An_expired_ticket_is_removed_and_the_next_sign_in_has_another_key()
    {
        // As CookieTests.SignInWithTicketStoreWorks and SessionStoreRemovesExpired: the application's clock stands in the year 2000.
        var clock = new Support.Time.ManualTimeProvider(OtherClock);
        await using var app = await StartAsync(options => options.TimeProvider = clock);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        Assert.Equal("Alice", (await browser.JsonAsync("/name")).GetString());
        var first = Assert.Single(await app.SessionsOfAsync(user)).Sid;

        clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browser, "/protected"));
        Assert.Empty(await app.SessionsOfAsync(user));
        using var again = await browser.PostAsync($"/sign-in?user={user}");

        Assert.Equal("Alice", (await browser.JsonAsync("/name")).GetString());
        Assert.NotEqual(first, Assert.Single(await app.SessionsOfAsync(user)).Sid);
    }

    [Fact]
    public async Task A_sliding_ticket_is_renewed_under_its_key()
    {
        var clock = new Support.Time.ManualTimeProvider(OtherClock);
        await using var app = await StartAsync(options => options.TimeProvider = clock);
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        var first = Assert.Single(await app.SessionsOfAsync(user)).Sid;
        clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/protected"));

        Assert.NotEmpty(browser.LastSetCookies);
        clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/protected"));
        Assert.Equal(first, Assert.Single(await app.SessionsOfAsync(user)).Sid);
    }

    [Fact]
    public async Task A_ticket_that_is_removed_while_a_request_renews_it_is_not_revived()
    {
        var user = TestApp.NewUser();
        var ends = false;
        TestApp? running = null;
        await using var app = await StartAsync(options => options.Events.OnValidatePrincipal = async context =>
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
        await StatusAsync(browser, "/protected");

        ends = false;

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browser, "/protected"));
        Assert.Empty(await app.SessionsOfAsync(user));
    }

    [Fact]
    public async Task Two_renewals_at_the_same_time_leave_one_of_the_tickets_whole()
    {
        await using var app = await StartAsync();
        var store = StoreOf(app);
        var user = TestApp.NewUser();
        var key = await store.StoreAsync(Ticket(user));

        await Task.WhenAll(store.RenewAsync(key, Ticket(user, "a")), store.RenewAsync(key, Ticket(user, "b")));

        Assert.Contains((await store.RetrieveAsync(key))?.Principal.FindFirst("mark")?.Value, (string[])["a", "b"]);
        Assert.Single(await app.SessionsOfAsync(user));
    }

    [Fact]
    public async Task Another_user_may_sign_in_over_a_session_and_the_first_ones_late_requests_change_nothing()
    {
        await using var app = await StartAsync();
        var (first, second) = (TestApp.NewUser(), TestApp.NewUser());
        using var browser = await app.SignedInAsync(first);

        using var answer = await browser.PostAsync($"/sign-in?user={second}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("replaced", Assert.Single(await app.SessionsOfAsync(first, state: null)).EndReason);
        Assert.Single(await app.SessionsOfAsync(second));
        Assert.Equal(second, (await browser.JsonAsync("/id")).GetString());
        using var signedOut = await browser.GetAsync("/sign-out");
        Assert.Empty(await app.SessionsOfAsync(second));
    }

    [Fact]
    public async Task Too_many_users_over_one_cookie_are_refused_with_what_to_do()
    {
        await using var app = await StartAsync();
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        using var second = await browser.PostAsync($"/sign-in?user={TestApp.NewUser()}");
        using var third = await browser.PostAsync($"/sign-in?user={TestApp.NewUser()}");

        using var fourth = await browser.PostAsync($"/sign-in?user={TestApp.NewUser()}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (third.StatusCode, fourth.StatusCode));
        Assert.Contains(app.Log.Lines, line => line.Contains("Call SignOutAsync before another user signs in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ticket_that_does_not_fit_is_refused_with_what_to_do()
    {
        await using var app = await StartAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StoreOf(app).StoreAsync(Ticket(TestApp.NewUser(), new string('x', 40_000))));

        Assert.Contains("at most 32768", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_api_signs_nobody_in_and_nobody_out()
    {
        await using var app = await StartAsync();
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        var store = StoreOf(app);
        api.Proxy.Fate = static _ => HttpFault.Reset;

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => store.StoreAsync(Ticket("x")));
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => store.RetrieveAsync("x"));
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => store.RenewAsync("x", Ticket("x")));
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => store.RemoveAsync("x"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(browser, "/protected"));

        api.Proxy.Fate = null;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/protected"));
    }

    [Fact]
    public async Task A_ticket_of_the_store_before_is_moved_when_it_is_asked_for()
    {
        var old = new OldStore();
        var user = TestApp.NewUser();
        old.Tickets["key"] = Ticket(user);
        await using var app = await StartAsync();
        var store = new SessionsTicketStore(app.Client, Options.Create(new SessionsTicketStoreOptions { Fallback = old }), LoggerFactory.Create(static _ => { }));

        var seen = await store.RetrieveAsync("key");

        Assert.Equal(user, seen?.Principal.FindFirst(ClaimTypes.NameIdentifier)?.Value);
        Assert.Empty(old.Tickets);
        Assert.Single(await app.SessionsOfAsync(user));
        await store.RemoveAsync("key");
        old.Tickets["key"] = Ticket(user);
        Assert.Null(await store.RetrieveAsync("key"));
    }

    [Fact]
    public async Task Every_overload_does_the_same()
    {
        await using var app = await StartAsync();
        ITicketStore store = StoreOf(app);
        var context = new DefaultHttpContext();
        var user = TestApp.NewUser();

        var one = await store.StoreAsync(Ticket(user), CancellationToken.None);
        var two = await store.StoreAsync(Ticket(user), context, CancellationToken.None);
        await store.RenewAsync(one, Ticket(user, "one"), CancellationToken.None);
        await store.RenewAsync(two, Ticket(user, "two"), context, CancellationToken.None);

        Assert.Equal("one", (await store.RetrieveAsync(one, CancellationToken.None))?.Principal.FindFirst("mark")?.Value);
        Assert.Equal("two", (await store.RetrieveAsync(two, context, CancellationToken.None))?.Principal.FindFirst("mark")?.Value);
        await store.RemoveAsync(one, CancellationToken.None);
        await store.RemoveAsync(two, context, CancellationToken.None);
        Assert.Null(await store.RetrieveAsync(one));
        Assert.Null(await store.RetrieveAsync(two));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.RetrieveAsync(one, cancelled.Token));
    }

    private async Task<TestApp> StartAsync(Action<CookieAuthenticationOptions>? configure = null)
    {
        var builder = TestApp.NewBuilder(api, out var log);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(configure ?? (static _ => { })).Services.AddSessionsTicketStore();
        builder.Services.AddAuthorization();
        return await TestApp.StartAsync(builder, log, first: null, map: static endpoints =>
        {
            endpoints.MapGet("/name", static (HttpContext context) => context.Response.WriteAsJsonAsync(context.User.Identity?.Name));
            endpoints.MapGet("/id", static (HttpContext context) => context.Response.WriteAsJsonAsync(context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value));
        });
    }

    private static SessionsTicketStore StoreOf(TestApp app) => app.Services.GetRequiredService<SessionsTicketStore>();

    private static AuthenticationTicket Ticket(string user, string mark = "")
    {
        var principal = TestApp.Principal(user);
        principal.AddIdentity(new ClaimsIdentity([new Claim("mark", mark)]));
        return new AuthenticationTicket(principal, new AuthenticationProperties(), "Cookies");
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }

    private sealed class OldStore : ITicketStore
    {
        public Dictionary<string, AuthenticationTicket> Tickets { get; } = new(StringComparer.Ordinal);

        public Task<string> StoreAsync(AuthenticationTicket ticket) => throw new NotSupportedException();

        public Task RenewAsync(string key, AuthenticationTicket ticket) => throw new NotSupportedException();

        public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(Tickets.GetValueOrDefault(key));

        public Task RemoveAsync(string key)
        {
            Tickets.Remove(key);
            return Task.CompletedTask;
        }
    }
}
