using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SessionAspNetCore.Tests.Hosting;
using SessionFunctions.AspNetCore.Authentication;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>What a page of devices is made of.</summary>
[Collection(nameof(ApiServer))]
public sealed class UserSessionsTests(ApiServer api)
{
    [Fact]
    public async Task A_user_sees_the_own_devices_and_which_one_is_this()
    {
        await using var app = await StartAsync();
        var user = TestApp.NewUser();
        using var laptop = await app.SignedInAsync(user);
        using var phone = await app.SignedInAsync(user);
        using var stranger = await app.SignedInAsync(TestApp.NewUser());

        var devices = (await laptop.JsonAsync("/devices")).EnumerateArray().ToList();

        Assert.Equal(2, devices.Count);
        var current = Assert.Single(devices, device => device.GetProperty("isCurrent").GetBoolean());
        Assert.Equal((await laptop.JsonAsync("/who")).GetProperty("sid").GetString(), current.GetProperty("sid").GetString());
        Assert.Equal("Firefox on Linux", current.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_user_ends_a_device_and_no_one_elses()
    {
        await using var app = await StartAsync();
        var user = TestApp.NewUser();
        using var laptop = await app.SignedInAsync(user);
        using var phone = await app.SignedInAsync(user);
        using var stranger = await app.SignedInAsync(TestApp.NewUser());
        var sids = await Task.WhenAll(SidAsync(phone), SidAsync(stranger));

        Assert.Equal("True", await TextAsync(laptop, $"/end?sid={sids[0]}"));
        Assert.Equal("False", await TextAsync(laptop, $"/end?sid={sids[0]}"));
        Assert.Equal("False", await TextAsync(laptop, $"/end?sid={sids[1]}"));
        Assert.Equal("False", await TextAsync(laptop, "/end?sid=ses_nothing"));
        Assert.Equal("False", await TextAsync(laptop, "/end?sid=..%2F..%2Fv1%2Fsessions"));

        using var ended = await phone.GetAsync("/protected");
        using var untouched = await stranger.GetAsync("/protected");
        Assert.EndsWith("&reason=ended-by-user", ended.Headers.Location?.Query, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, untouched.StatusCode);
    }

    [Fact]
    public async Task Ending_this_device_is_a_sign_out()
    {
        await using var app = await StartAsync();
        using var browser = await app.SignedInAsync(TestApp.NewUser());

        Assert.Equal("True", await TextAsync(browser, $"/end?sid={await SidAsync(browser)}"));

        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task A_user_ends_all_others_then_all()
    {
        await using var app = await StartAsync();
        var user = TestApp.NewUser();
        using var laptop = await app.SignedInAsync(user);
        using var phone = await app.SignedInAsync(user);
        using var tablet = await app.SignedInAsync(user);

        Assert.Equal("2", await TextAsync(laptop, "/others"));
        Assert.Single(await app.SessionsOfAsync(user));
        using var other = await app.SignedInAsync(user);
        Assert.Equal("2", await TextAsync(laptop, "/everywhere"));

        Assert.Empty(await app.SessionsOfAsync(user));
        Assert.Empty(laptop.Cookies);
        using var answer = await phone.GetAsync("/protected");
        Assert.EndsWith("&reason=signed-out-everywhere", answer.Headers.Location?.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_authorization_can_tell_why_a_user_was_signed_out()
    {
        await using var app = await StartAsync();
        var user = TestApp.NewUser();
        using var browser = await app.SignedInAsync(user);
        Assert.Equal("none", await TextAsync(browser, "/why"));

        await app.Client.RevokeAllAsync(user, exceptSid: null, "stolen");

        Assert.Equal("stolen", await TextAsync(browser, "/why"));
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(api, map: static endpoints =>
    {
        endpoints.MapGet("/devices", static async (HttpContext context, UserSessions sessions) =>
            await context.Response.WriteAsJsonAsync((await sessions.ListAsync(context)).Select(static device => new { device.Session.Sid, device.IsCurrent, Name = device.DeviceName })));
        endpoints.MapGet("/end", static async (HttpContext context, UserSessions sessions, string sid) => $"{await sessions.EndAsync(context, sid)}");
        endpoints.MapGet("/others", static async (HttpContext context, UserSessions sessions) => $"{await sessions.EndOthersAsync(context)}");
        endpoints.MapGet("/everywhere", static async (HttpContext context, UserSessions sessions) => $"{await sessions.SignOutEverywhereAsync(context)}");
        endpoints.MapGet("/why", static async (HttpContext context) => (await context.GetSignedOutReasonAsync())?.Reason ?? "none");
    });

    private static async Task<string> SidAsync(Browser browser) => (await browser.JsonAsync("/who")).GetProperty("sid").GetString()!;

    private static async Task<string> TextAsync(Browser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }
}
