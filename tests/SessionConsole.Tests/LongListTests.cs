using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

/// <summary>Lists of real sessions that are far longer than a page.</summary>
[Collection(nameof(ConsoleSite))]
public sealed class LongListTests(ConsoleSite site, CrowdedSite crowd) : IClassFixture<CrowdedSite>
{
    private const int MostElements = 60;
    private const int WheelStep = 40_000;
    private const string HasFocus = "document.activeElement.closest('section.rows') !== null";

    private const string IsAtEnd = "it => it.scrollTop + it.clientHeight >= it.scrollHeight - 1";
    private const string NextFrame = "new Promise(done => requestAnimationFrame(done))";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = (float)Patience.TotalMilliseconds };

    [Fact]
    public async Task Ten_thousand_sessions_are_scrolled_by_keyboard_and_by_wheel_with_few_elements()
    {
        var page = await site.OpenAsync(crowd.Address);
        await Operator.EnterAsync(page, crowd.OperatorKey, "incident");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Export" }).CheckAsync(new() { Force = true });
        await page.GetByLabel("Address ranges").FillAsync(CrowdedSite.Network);
        await Operator.PressAsync(page, "Export");
        await Expect(page.GetByText("10,000 sessions matched.")).ToBeVisibleAsync(Patiently);
        var sids = await crowd.ResultOfAsync(page.Url.Split("job=")[1]);
        Assert.Equal(CrowdedSite.Sessions, sids.Distinct(StringComparer.Ordinal).Count());

        var list = page.GetByRole(AriaRole.Region, new() { Name = "Matches" });
        await list.FocusAsync();
        await ToTheEndAsync(page, list, CrowdedSite.Sessions);
        await Expect(RowOf(list, sids[^1])).ToBeInViewportAsync();
        await Expect(page.GetByText("10,000 of 10,000 loaded")).ToBeVisibleAsync();
        Assert.InRange(await list.Locator("tr").CountAsync(), 5, MostElements);
        Assert.True(await page.EvaluateAsync<bool>(HasFocus));

        await page.Keyboard.PressAsync("Home");
        await Expect(RowOf(list, sids[0])).ToBeInViewportAsync();

        // The row that has the focus leaves the page.
        await RowOf(list, sids[0]).FocusAsync();
        await list.HoverAsync();
        while (!await list.EvaluateAsync<bool>(IsAtEnd))
        {
            var top = await list.EvaluateAsync<double>("it => it.scrollTop");
            await page.Mouse.WheelAsync(0, WheelStep);
            await page.WaitForFunctionAsync("top => document.querySelector('section.rows').scrollTop > top", top);
            Assert.InRange(await list.Locator("tr").CountAsync(), 5, MostElements);
        }

        await Expect(RowOf(list, sids[^1])).ToBeInViewportAsync();
        Assert.True(await page.EvaluateAsync<bool>(HasFocus));
        await page.Keyboard.PressAsync("Home");
        await Expect(RowOf(list, sids[0])).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Pages_of_a_users_sessions_are_loaded_as_they_are_scrolled_to()
    {
        var page = await site.OpenAsync(crowd.Address);
        await Operator.EnterAsync(page, crowd.OperatorKey, "user?userId=" + CrowdedSite.BusyUser);
        var list = page.GetByRole(AriaRole.Region, new() { Name = "Sessions of " + CrowdedSite.BusyUser });
        await Expect(page.GetByText("100 sessions loaded, more below")).ToBeVisibleAsync();
        await list.FocusAsync();
        await ToTheEndAsync(page, list, CrowdedSite.BusySessions);

        await Expect(page.GetByText("250 sessions", new() { Exact = true })).ToBeVisibleAsync();
        Assert.InRange(await list.Locator("tr").CountAsync(), 5, MostElements);
    }

    // Holds the key: each time the end comes into sight, the next page is loaded behind it.
    private static async Task ToTheEndAsync(IPage page, ILocator list, int rows)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await LoadedAsync(list) < rows || !await list.EvaluateAsync<bool>(IsAtEnd))
        {
            patience.Token.ThrowIfCancellationRequested();
            await page.Keyboard.PressAsync("End");
            await page.EvaluateAsync(NextFrame);
        }

        Assert.Equal(rows, await LoadedAsync(list));
    }

    // The head of the table is a row too.
    private static async Task<int> LoadedAsync(ILocator list) =>
        int.Parse((await list.GetByRole(AriaRole.Table).GetAttributeAsync("aria-rowcount"))!, CultureInfo.InvariantCulture) - 1;

    private static ILocator RowOf(ILocator list, string sid) => list.Locator($"a[href$='{sid}']");
}
