using System.Collections.Concurrent;
using Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

/// <summary>Every page, at the width of a desk and of a phone, in light and dark: axe-core finds nothing and nothing scrolls sideways.</summary>
[Collection(nameof(ConsoleSite))]
public sealed class LooksTests(ConsoleSite site)
{
    private const string Folder = "console";
    private const int Desk = 1280;
    private const int Phone = 320;
    private const int Height = 800;

    // What follows a new width: the observers of sizes, then the drawing.
    private const string TwoFrames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";

    private static readonly (int Width, ColorScheme Colours)[] Looks =
        [(Phone, ColorScheme.Light), (Phone, ColorScheme.Dark), (Desk, ColorScheme.Dark), (Desk, ColorScheme.Light)];

    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 30_000 };

    [Fact]
    public async Task Every_page_is_accessible_at_every_width_and_in_all_colours()
    {
        var user = Users.NewId("look");
        var (sid, _) = await Users.CreateAsync(site.Api, user, "Firefox on Linux");
        await Users.CreateAsync(site.Api, user, "A device with a name that is longer than any column of a table could ever hold", "2001:db8:1234:5678:9abc:def0:1234:5678");
        var page = await site.OpenAsync(Desk);
        var (asked, faults) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        page.Request += (_, request) => asked.Add(request.Url);
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) => Note(message, faults);
        await page.GotoAsync("./");
        await Operator.SeesAsync(page, "Sign in");
        await CheckAsync(page, "sign-in");
        await Operator.SignInAsync(page, site.OperatorKey);
        await Expect(page.GetByText("Created in 24 hours")).ToBeVisibleAsync();
        await page.GetByText("Show as a table").ClickAsync();
        await CheckAsync(page, "overview");
        foreach (var (place, title) in ((string, string)[])[("find", "Find"), ("maintenance", "Maintenance"), ("events", "Events"), ("keys", "Keys"), ($"session?sid={sid}", "Firefox on Linux"), ($"user?userId={user}", user), ("nothing", "Not found")])
        {
            await page.GotoAsync("./#/" + place);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }).First).ToBeVisibleAsync();
            await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await CheckAsync(page, place.Split('?')[0]);
        }

        await page.GotoAsync($"./#/user?userId={user}");
        await Operator.PressAsync(page, "Sign out everywhere");
        await Expect(page.GetByText("2 live sessions end")).ToBeVisibleAsync();
        await CheckAsync(page, "sign-out");
        await Operator.PressAsync(page, "Cancel");

        await page.GotoAsync("./#/incident");
        await page.GetByLabel("User ids").FillAsync(user);
        await CheckAsync(page, "incident");
        await Operator.PressAsync(page, "Preview");
        await Expect(page.GetByText("2 sessions would end.")).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Matches" })).ToBeVisibleAsync();
        await CheckAsync(page, "preview");
        await Operator.PressAsync(page, "Revoke 2 sessions…");
        await CheckAsync(page, "confirm");

        Assert.Empty(faults);
        Assert.All(asked, address => Assert.StartsWith($"http://{site.Address.Authority}/", address, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_menu_of_a_phone_is_accessible_in_all_colours(ColorScheme colours)
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "keys", Phone);
        await page.EmulateMediaAsync(new() { ColorScheme = colours });
        await Operator.SeesAsync(page, "Keys");
        await Operator.PressAsync(page, "Menu");
        await Chromium.CheckAsync(page, Folder, $"menu-{Look(Phone, colours)}");
    }

    [Fact]
    public async Task What_is_wrong_is_accessible_too()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "maintenance");
        await Operator.PressAsync(page, "Rebuild this user");
        await Chromium.CheckAsync(page, Folder, "fault");
        site.Proxy.Fate = request => request.Target.StartsWith("/api/", StringComparison.Ordinal) ? Support.Faults.HttpFault.Reset : null;
        try
        {
            await page.GotoAsync("./#/keys");
            await Expect(page.GetByText("The service cannot be reached")).ToBeVisibleAsync();
            await Chromium.CheckAsync(page, Folder, "down");
        }
        finally
        {
            site.Proxy.Fate = null;
        }
    }

    // What the content security policy refuses is an error of the console of Chromium.
    private static void Note(IConsoleMessage message, ConcurrentBag<string> faults)
    {
        if (message.Type == "error")
        {
            faults.Add(message.Text);
        }
    }

    private static async Task CheckAsync(IPage page, string name)
    {
        foreach (var (width, colours) in Looks)
        {
            await page.SetViewportSizeAsync(width, Height);
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await page.EvaluateAsync(TwoFrames);
            await Chromium.CheckAsync(page, Folder, $"{name}-{Look(width, colours)}");
        }
    }

    private static string Look(int width, ColorScheme colours) => $"{width}{(colours is ColorScheme.Dark ? "-dark" : "")}";
}
