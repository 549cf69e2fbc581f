using System.Globalization;
using System.Text.RegularExpressions;
using Browsing;
using Microsoft.Playwright;
using Support.Faults;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class IncidentTests(ConsoleSite site) : IDisposable
{
    // A job's state is looked at every second.
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 30_000 };

    private static readonly TimeSpan RegexLimit = TimeSpan.FromSeconds(1);

    public void Dispose() => site.Tables.Fate = null;

    [Fact]
    public async Task Sessions_of_an_address_range_are_ended_after_preview_and_typed_confirmation()
    {
        var user = Users.NewId("incident");
        var (_, inside) = await Users.CreateAsync(site.Api, user, "Stolen", "198.51.100.20");
        var (_, also) = await Users.CreateAsync(site.Api, Users.NewId("incident"), "Stolen too", "198.51.100.77");
        var (_, outside) = await Users.CreateAsync(site.Api, user, "Home", "192.0.2.1");
        var page = await Operator.EnterAsync(site, site.OperatorKey, "incident");
        await page.GetByLabel("Address ranges").FillAsync("198.51.100.0/24");
        await page.GetByLabel("Reason").FillAsync("incident-4711");
        await Operator.PressAsync(page, "Preview");

        await Expect(page.GetByText("2 sessions would end.")).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Stolen too" })).ToBeVisibleAsync();
        Assert.True(await Users.IsActiveAsync(site.Api, inside));

        await Operator.PressAsync(page, "Revoke 2 sessions…");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Type 2 to confirm").FillAsync("3");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End these sessions" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The number is 2.");
        Assert.True(await Users.IsActiveAsync(site.Api, inside));

        await dialog.GetByLabel("Type 2 to confirm").FillAsync("2");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End these sessions" }).ClickAsync();
        await Expect(page.GetByText("2 sessions ended.")).ToBeVisibleAsync(Patiently);

        Assert.False(await Users.IsActiveAsync(site.Api, inside));
        Assert.False(await Users.IsActiveAsync(site.Api, also));
        Assert.True(await Users.IsActiveAsync(site.Api, outside));
        await page.GetByRole(AriaRole.Link, new() { Name = "All jobs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Revoke", Exact = true }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_job_shows_its_progress_is_cancelled_and_goes_on()
    {
        await Users.CreateAsync(site.Api, Users.NewId("slow"), "Slow", "198.51.100.200");
        var page = await Operator.EnterAsync(site, site.OperatorKey, "incident");
        await page.GetByLabel("Address ranges").FillAsync("198.51.100.200");
        site.Tables.Fate = request => IsScan(request) ? HttpFault.Late(TimeSpan.FromSeconds(1)) : null;
        await Operator.PressAsync(page, "Preview");
        await Expect(page.GetByText("Running", new() { Exact = true })).ToBeVisibleAsync(Patiently);
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Operator.PressAsync(page, "Cancel job");
        await Expect(page.GetByText("Cancelled. What was ended stays ended.")).ToBeVisibleAsync(Patiently);

        site.Tables.Fate = null;
        await Operator.PressAsync(page, "Resume");
        await Expect(page.GetByText("1 session would end.")).ToBeVisibleAsync(Patiently);
    }

    // Of a range of users; what the answers to the console read is in one partition.
    private static bool IsScan(ProxiedRequest request) =>
        request.IsQuery && Uri.UnescapeDataString(request.Target).Contains("PartitionKey ge", StringComparison.Ordinal);

    [Fact]
    public async Task A_filter_that_the_service_refuses_or_that_is_empty_is_told()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "incident");
        await Operator.PressAsync(page, "Preview");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Enter at least one condition.");

        await page.GetByLabel("Address ranges").FillAsync("everywhere");
        await Operator.PressAsync(page, "Preview");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("#/filter/addresses");
    }

    [Fact]
    public async Task Everything_before_an_instant_is_ended_after_a_typed_confirmation()
    {
        var (_, token) = await Users.CreateAsync(site.Api, Users.NewId("newer"));
        var page = await Operator.EnterAsync(site, site.OperatorKey, "incident");
        var card = Operator.CardOf(page, "End everything created before an instant");
        await card.GetByLabel("Instant").FillAsync("2999-01-01T00:00");
        await Operator.PressAsync(page, "End older sessions…");
        await Expect(card.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Enter an instant that is not in the future.");

        // Nothing that other tests need is as old as that.
        var local = TimeProvider.System.GetUtcNow().AddDays(-30).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        await card.GetByLabel("Instant").FillAsync(local);
        await Operator.PressAsync(page, "End older sessions…");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("end");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End older sessions" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The word is END.");
        await Chromium.CheckAsync(page, "console", "revoke-before");

        await dialog.GetByRole(AriaRole.Textbox).FillAsync("END");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End older sessions" }).ClickAsync();
        await Expect(page.GetByText("In force everywhere by")).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.True(await Users.IsActiveAsync(site.Api, token));
        var minute = await page.EvaluateAsync<string>("local => new Date(local).toISOString().slice(0, 16)", local);
        await page.GotoAsync("./#/overview");
        await Expect(page.Locator("dt:text-is('Revoked before') + dd time"))
            .ToHaveAttributeAsync("datetime", new Regex("^" + minute, RegexOptions.None, RegexLimit), new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task An_export_lists_and_downloads_its_matches()
    {
        var user = Users.NewId("export");
        await Users.CreateAsync(site.Api, user, "Exported");
        var page = await Operator.EnterAsync(site, site.OperatorKey, "incident");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Export" }).CheckAsync(new() { Force = true });
        await page.GetByLabel("User ids").FillAsync($"{user}\n{user}\n");
        await Operator.PressAsync(page, "Export");
        await Expect(page.GetByText("1 session matched.")).ToBeVisibleAsync(Patiently);

        var download = await page.RunAndWaitForDownloadAsync(() => Operator.PressAsync(page, "Download"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Contains(user, Assert.Single(lines), StringComparison.Ordinal);
    }
}
