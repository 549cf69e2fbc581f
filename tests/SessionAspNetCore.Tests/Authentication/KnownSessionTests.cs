using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.Client;
using Support.Time;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>What the application knows of a session is not told again, and counts only while the API says that it holds.</summary>
[Collection(nameof(ApiServer))]
public sealed class KnownSessionTests(ApiServer api) : IDisposable
{
    public void Dispose() => api.Proxy.Fate = null;

    [Fact]
    public async Task The_second_request_names_the_version_and_finds_the_same_user()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        var versions = KeepVersions();

        var first = await browser.JsonAsync("/who");
        var second = await browser.JsonAsync("/who");

        Assert.Equal([null, 1], versions);
        Assert.Equal(WithoutTimes(first), WithoutTimes(second));
    }

    [Fact]
    public async Task A_change_of_the_claims_counts_for_the_next_request()
    {
        await using var app = await TestApp.StartAsync(api);
        var issued = await app.Client.CreateAsync(new NewSession { UserId = TestApp.NewUser(), Claims = new() { ["name"] = "Carol" } });
        using var browser = app.Browse();
        browser.Cookies["__Host-session"] = issued.Token;
        Assert.Equal("Carol", await NameAsync());
        Assert.Equal("Carol", await NameAsync());

        await app.Client.ReplaceClaimsAsync(issued.Sid, new() { ["name"] = "Carol Smith" });

        Assert.Equal("Carol Smith", await NameAsync());
        Assert.Equal("Carol Smith", await NameAsync());

        async Task<string?> NameAsync() => (await browser.JsonAsync("/who")).GetProperty("name").GetString();
    }

    [Fact]
    public async Task An_end_counts_for_the_next_request()
    {
        await using var app = await TestApp.StartAsync(api);
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        var sid = (await browser.JsonAsync("/who")).GetProperty("sid").GetString()!;
        Assert.Equal(sid, (await browser.JsonAsync("/who")).GetProperty("sid").GetString());

        await app.Client.RevokeAsync(sid);

        using var answer = await browser.GetAsync("/protected");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task What_a_request_changes_of_its_user_is_gone_with_it()
    {
        await using var app = await TestApp.StartAsync(api, map: static endpoints => endpoints.MapGet("/change", static async (HttpContext context) =>
        {
            var result = await context.AuthenticateAsync();
            var before = result.Principal!.FindAll("added").Count() + result.Properties!.Items.Count(static item => item.Key == "added");
            ((ClaimsIdentity)result.Principal.Identity!).AddClaim(new Claim("added", "1"));
            result.Principal.AddIdentity(new ClaimsIdentity([new Claim("added", "2")]));
            result.Properties.Items["added"] = "3";
            return before;
        }));
        using var browser = await app.SignedInAsync(TestApp.NewUser());

        for (var i = 0; i < 3; i++)
        {
            using var answer = await browser.GetAsync("/change");
            Assert.Equal("0", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public void It_is_known_for_minutes()
    {
        var clock = new ManualTimeProvider();
        using var known = new KnownSessions(clock);
        known.Keep("token", NewSession("a"));

        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal("a", known.Find("token")?.Session.Sid);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(known.Find("token"));
    }

    [Fact]
    public void It_is_forgotten_when_it_ends_and_when_there_are_too_many()
    {
        using var known = new KnownSessions(TimeProvider.System);
        known.Keep("ended", NewSession("a"));
        known.Forget("ended");
        Assert.Null(known.Find("ended"));

        for (var i = 0; i <= 2 * KnownSessions.Capacity; i++)
        {
            known.Keep($"token {i}", NewSession("a"));
            Assert.InRange(known.Count, 1, KnownSessions.Capacity);
        }
    }

    [Fact]
    public void A_ticket_is_read_once_for_a_scheme_and_never_given_to_another()
    {
        var known = new KnownSession(NewSession("a"), keptAt: 0);
        var reads = new List<string>();
        AuthenticationTicket Read(string scheme) => known.TicketFor(scheme, session =>
        {
            reads.Add(scheme);
            return new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim("of", session.Sid)], scheme)), scheme);
        });

        AuthenticationTicket[] tickets = [Read("one"), Read("one"), Read("two"), Read("two")];

        Assert.Equal(["one", "two"], reads);
        Assert.Equal(["one", "one", "two", "two"], tickets.Select(static ticket => ticket.Principal.Identity!.AuthenticationType));
        Assert.NotSame(tickets[0].Principal, tickets[1].Principal);
        Assert.NotSame(tickets[0].Properties, tickets[1].Properties);
    }

    private static Session NewSession(string sid) => new() { Sid = sid, State = SessionState.Live, Version = 1 };

    private static string WithoutTimes(JsonElement who) =>
        string.Join(' ', who.EnumerateObject().Where(static member => !member.Name.Contains("xpires", StringComparison.Ordinal)).Select(static member => member.ToString()));

    private List<long?> KeepVersions()
    {
        var versions = new List<long?>();
        api.Proxy.Fate = request =>
        {
            var body = JsonElement.Parse(Encoding.UTF8.GetString(request.Body.Span));
            versions.Add(body.TryGetProperty("knownVersion", out var version) ? version.GetInt64() : null);
            return null;
        };
        return versions;
    }
}
