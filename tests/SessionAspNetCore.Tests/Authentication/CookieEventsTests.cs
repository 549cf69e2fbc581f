using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using SessionAspNetCore.Tests.Hosting;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>The events of cookie authentication, which applications already have handlers for.</summary>
[Collection(nameof(ApiServer))]
public sealed class CookieEventsTests(ApiServer api)
{
    [Fact]
    public async Task The_events_of_cookie_authentication_run_and_may_change_what_is_signed_in()
    {
        var events = new List<string>();
        await using var app = await TestApp.StartAsync(api, options =>
        {
            options.Events.OnSigningIn = context =>
            {
                events.Add("in");
                context.Principal!.AddIdentity(new ClaimsIdentity([new Claim("added", "1")]));
                context.CookieOptions.SameSite = SameSiteMode.Strict;
                return Task.CompletedTask;
            };
            options.Events.OnSignedIn = _ => Note("signed in");
            options.Events.OnSigningOut = _ => Note("out");
            Task Note(string name)
            {
                events.Add(name);
                return Task.CompletedTask;
            }
        });
        using var browser = await app.SignedInAsync(TestApp.NewUser());
        var cookie = Assert.Single(browser.LastSetCookies);

        var who = await browser.JsonAsync("/who");
        using var answer = await browser.GetAsync("/sign-out");

        Assert.Contains("added=1", who.GetProperty("claims").ToString(), StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Equal(["in", "signed in", "out"], events);
    }
}
