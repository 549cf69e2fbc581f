using Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

/// <summary>Every page, at the width of a desk and of a phone, in light and dark: axe-core finds nothing and nothing scrolls sideways.</summary>
[Collection(nameof(ConsoleSite))]
public sealed class LooksTests(ConsoleSite site)
{
    private const string Folder = "console";

    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 30_000 };

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(320, true)]
    [InlineData(320, false)]
    public async Task Every_page_is_accessible(int width, bool isDark)
    {
        var look = $"{width}{(isDark ? "-dark" : "")}";
        var user = Users.NewId("look");
        var (sid, _) = await Users.CreateAsync(site.Api, user, "Firefox on Linux");
        await Users.CreateAsync(site.Api, user, "A device with a name that is longer than any column of a table could ever hold", "2001:db8:1234:5678:9abc:def0:1234:5678");
        var page = await site.OpenAsync(width, isDark);
        await page.GotoAsync("./");
        await Operator.SeesAsync(page, "Sign in");
        await CheckAsync("sign-in");
        await Operator.SignInAsync(page, site.OperatorKey);
        await Expect(page.GetByText("Created in 24 hours")).ToBeVisibleAsync();
        await page.GetByText("Show as a table").ClickAsync();
        await CheckAsync("overview");
        foreach (var (place, title) in ((string, string)[])[("find", "Find"), ("maintenance", "Maintenance"), ("events", "Events"), ("keys", "Keys"), ($"session?sid={sid}", "Firefox on Linux"), ($"user?userId={user}", user), ("nothing", "Not found")])
        {
            await page.GotoAsync("./#/" + place);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }).First).ToBeVisibleAsync();
            await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await CheckAsync(place.Split('?')[0]);
        }

        await page.GotoAsync($"./#/user?userId={user}");
        await Operator.PressAsync(page, "Sign out everywhere");
        await Expect(page.GetByText("2 live sessions end")).ToBeVisibleAsync();
        await CheckAsync("sign-out");
        await Operator.PressAsync(page, "Cancel");

        await page.GotoAsync("./#/incident");
        await page.GetByLabel("User ids").FillAsync(user);
        await CheckAsync("incident");
        await Operator.PressAsync(page, "Preview");
        await Expect(page.GetByText("2 sessions would end.")).ToBeVisibleAsync(Patiently);
        await CheckAsync("preview");
        await Operator.PressAsync(page, "Revoke 2 sessions…");
        await CheckAsync("confirm");

        Task CheckAsync(string name) => Chromium.CheckAsync(page, Folder, $"{name}-{look}");
    }

    [Fact]
    public async Task What_is_wrong_is_accessible_too()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "maintenance");
        await Operator.PressAsync(page, "Rebuild this user");
        await CheckAsync("fault");
        site.Proxy.Fate = request => request.Target.StartsWith("/api/", StringComparison.Ordinal) ? Support.Faults.HttpFault.Reset : null;
        try
        {
            await page.GotoAsync("./#/keys");
            await Expect(page.GetByText("The service cannot be reached")).ToBeVisibleAsync();
            await CheckAsync("down");
        }
        finally
        {
            site.Proxy.Fate = null;
        }

        Task CheckAsync(string name) => Chromium.CheckAsync(page, Folder, name);
    }
}
