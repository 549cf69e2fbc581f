using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.AspNetCore.Passports;
using SessionFunctions.Client.Passports;
using Support.Faults;
using Support.Hosts;
using Support.Time;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>The promise with the real API: an end that was answered is refused everywhere within the age of the feed, whatever fails.</summary>
[Collection(nameof(ApiServer))]
public sealed class RevocationTests(ApiServer api) : IDisposable
{
    private static readonly TimeSpan MaxFeedAge = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public void Dispose() => api.Proxy.Fate = null;

    [Fact]
    public async Task A_revocation_is_refused_everywhere_within_the_age_of_the_feed()
    {
        await using var front = await FrontAsync();
        await using var one = await BackAsync();
        await using var other = await BackAsync();
        foreach (var app in (TestApp[])[front, one, other])
        {
            await FreshAsync(app);
        }

        using var browser = await front.SignedInAsync(TestApp.NewUser());
        var passport = await PassportAsync(browser);
        using var first = Caller(one, passport);
        using var second = Caller(other, passport);
        Browser[] callers = [browser, first, second];
        foreach (var caller in callers)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(caller));
        }

        await front.Client.RevokeAsync(await SidAsync(browser));
        var acknowledged = Stopwatch.GetTimestamp();
        var accepted = await Task.WhenAll(callers.Select(LastAcceptedAsync));

        Assert.All(accepted, began => Assert.True(Stopwatch.GetElapsedTime(acknowledged, began) <= MaxFeedAge, $"{Stopwatch.GetElapsedTime(acknowledged, began)}"));
    }

    [Fact]
    public async Task With_the_feed_cut_off_verifiers_ask_and_with_all_cut_off_they_refuse_to_guess()
    {
        await using var back = await BackAsync();
        await using var front = await FrontAsync();
        await FreshAsync(back);
        using var browser = await front.SignedInAsync(TestApp.NewUser());
        using var caller = Caller(back, await PassportAsync(browser));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(caller));

        api.Proxy.Fate = static request => request.Target.Contains("/v1/endings", StringComparison.Ordinal) && !request.Target.Contains("/v1/endings/", StringComparison.Ordinal)
            ? HttpFault.Reset
            : null;
        await StaleAsync(back);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(caller));
        await front.Client.RevokeAsync(await SidAsync(browser));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(caller));

        api.Proxy.Fate = static _ => HttpFault.Reset;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(caller));
    }

    [Fact]
    public async Task A_passport_is_no_credential_of_the_api_and_a_token_is_no_passport()
    {
        await using var front = await FrontAsync();
        await using var back = await BackAsync();
        using var browser = await front.SignedInAsync(TestApp.NewUser());
        using var caller = Caller(back, browser.Token!);

        var introspection = await front.Client.IntrospectAsync(await PassportAsync(browser));

        Assert.False(introspection.Active);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(caller));
    }

    private static async Task<string> PassportAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/passport");
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> SidAsync(Browser browser) => (await browser.JsonAsync("/who")).GetProperty("sid").GetString()!;

    private static Browser Caller(TestApp app, string bearer)
    {
        var caller = app.Browse();
        caller.Headers["Authorization"] = "Bearer " + bearer;
        return caller;
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/protected");
        return answer.StatusCode;
    }

    // When the last request began that was accepted: its verdict came later, however slow this machine is.
    private static async Task<long> LastAcceptedAsync(Browser browser)
    {
        var started = Stopwatch.GetTimestamp();
        for (var last = started; ;)
        {
            var began = Stopwatch.GetTimestamp();
            if (await StatusAsync(browser) is not HttpStatusCode.OK)
            {
                return last;
            }

            last = began;
            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline);
        }
    }

    private static Task FreshAsync(TestApp app) => UntilAsync(app, static age => age < MaxFeedAge);

    private static Task StaleAsync(TestApp app) => UntilAsync(app, static age => age > MaxFeedAge);

    // The feed is read by a loop of its own, and grows old by the real clock.
    private static async Task UntilAsync(TestApp app, Func<TimeSpan?, bool> isMet) =>
        await Eventually.AnswerAsync(() => Task.FromResult(app.Services.GetRequiredService<EndingsFeed>().Age), isMet, Deadline);

    private Task<TestApp> FrontAsync() => TestApp.StartAsync(
        api,
        static options => (options.Validation, options.PassportAudience, options.MaxFeedAge) = (SessionValidation.Passport, PassportSettings.Audience, MaxFeedAge),
        map: static app => app.MapGet("/passport", static async (HttpContext context) => (await context.GetPassportAsync())?.Token ?? "none"));

    private async Task<TestApp> BackAsync()
    {
        var builder = TestApp.NewBuilder(api, out var log);
        builder.Services.AddAuthentication(SessionPassportDefaults.AuthenticationScheme)
            .AddSessionPassports(static options => (options.Issuer, options.Audience, options.MaxFeedAge) = (PassportSettings.Issuer, PassportSettings.Audience, MaxFeedAge));
        builder.Services.AddAuthorization();
        return await TestApp.StartAsync(builder, log, first: null, map: null);
    }
}
