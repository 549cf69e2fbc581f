using Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class TimelineTests(ConsoleSite site)
{
    // A page of the timeline has 50 events.
    private const int Page = 50;

    [Fact]
    public async Task Support_sees_what_happened_to_a_session_and_to_its_user_and_by_whom()
    {
        var user = Users.NewId("timeline");
        await Users.CreateAsync(site.Api, user, "Laptop");
        var (sid, _) = await Users.CreateAsync(site.Api, user, "Lost phone");
        var page = await Operator.EnterAsync(site, site.SupportKey, "session?sid=" + sid);
        var events = Operator.CardOf(page, "Timeline").GetByRole(AriaRole.Listitem);
        await Expect(events).ToHaveCountAsync(1);
        await Expect(events).ToContainTextAsync("Session created");
        await Expect(events).ToContainTextAsync("by key:");

        await Operator.PressAsync(page, "End session");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("device-lost");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End session" }).ClickAsync();
        await Expect(events).ToHaveCountAsync(2);
        await Expect(events.First).ToContainTextAsync("Session ended");
        await Expect(events.First).ToContainTextAsync("by key:support");
        await Expect(events.First).ToContainTextAsync("reason: device-lost");
        await Chromium.CheckAsync(page, "console", "timeline");

        await page.GotoAsync("./#/user?userId=" + user);
        await Operator.SeesAsync(page, user);
        await Expect(events).ToHaveCountAsync(3);
        await Operator.PressAsync(page, "Sign out everywhere");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End 1 session" }).ClickAsync();
        await Expect(events.First).ToContainTextAsync("Signed out everywhere");
        await Expect(events.First).ToContainTextAsync("1 session");
        await Chromium.CheckAsync(page, "console", "timeline-user");

        await events.Nth(1).GetByRole(AriaRole.Link, new() { Name = "Open the session" }).ClickAsync();
        await Expect(Operator.CardOf(page, "Facts").GetByText(sid)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Older_events_are_loaded_on_demand()
    {
        var user = Users.NewId("older");
        var (sid, _) = await Users.CreateAsync(site.Api, user);
        for (var created = 1; created <= Page; created++)
        {
            await Users.CreateAsync(site.Api, user);
        }

        var page = await Operator.EnterAsync(site, site.SupportKey, "user?userId=" + user);
        var card = Operator.CardOf(page, "Timeline");
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(Page);
        await Operator.PressAsync(page, "Older events");

        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Older events" })).ToHaveCountAsync(0);
        await Expect(card.Locator($"a[href*='{sid}']").Last).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_timeline_that_cannot_be_read_is_told_and_the_session_is_still_shown()
    {
        var (sid, _) = await Users.CreateAsync(site.Api, Users.NewId("timeline"), "Laptop");
        var page = await Operator.EnterAsync(site, site.SupportKey);
        await page.RouteAsync("**/timeline*", route => route.AbortAsync());
        await page.GotoAsync("./#/session?sid=" + sid);

        await Expect(Operator.CardOf(page, "Timeline").GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(Operator.CardOf(page, "Facts").GetByText(sid)).ToBeVisibleAsync();

        await page.UnrouteAllAsync();
        await Operator.PressAsync(page, "Try again");
        await Expect(Operator.CardOf(page, "Timeline").GetByText("Session created")).ToBeVisibleAsync();
    }
}
