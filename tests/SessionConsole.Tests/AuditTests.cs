using System.Globalization;
using Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class AuditTests(ConsoleSite site)
{
    [Fact]
    public async Task A_verification_tells_what_it_looked_at_and_which_record_is_gone()
    {
        var user = Users.NewId("audit");
        for (var session = 0; session < 3; session++)
        {
            await Users.CreateAsync(site.Api, user);
        }

        await Audit.WaitForAsync(site.Api, user, records: 3);
        var page = await Operator.EnterAsync(site, site.OperatorKey, "maintenance");
        var card = Operator.CardOf(page, "Audit");
        await Operator.PressAsync(page, "Verify audit");
        await Expect(card.GetByText("Nothing was changed, removed or added.")).ToBeVisibleAsync();
        Assert.True(await NumberAsync(card, "Chains verified") > 1);
        Assert.True(await NumberAsync(card, "Records looked at") >= 3);
        Assert.True(await NumberAsync(card, "Of these, actions of operators") > 0);
        await Chromium.CheckAsync(page, "console", "audit");

        var removed = await Audit.RemoveAsync(await site.SessionsAsync(), user, number: 2);
        try
        {
            await Operator.PressAsync(page, "Verify audit");
            await Expect(card.GetByText("Broken", new() { Exact = true })).ToBeVisibleAsync();
            Assert.Equal(1, await NumberAsync(card, "Gaps: records missing"));
            await Expect(card.GetByText("Verify a single user to see its records")).ToBeVisibleAsync();

            await card.GetByLabel("Only the records of this user").FillAsync(user);
            await Operator.PressAsync(page, "Verify audit");
            var findings = card.GetByRole(AriaRole.Table, new() { Name = "Records that do not fit" });
            await Expect(findings.GetByRole(AriaRole.Cell)).ToHaveTextAsync(["Missing", "2", "1"]);
            Assert.Equal(1, await NumberAsync(card, "Chains verified"));
            await Chromium.CheckAsync(page, "console", "audit-broken");
        }
        finally
        {
            await Audit.RestoreAsync(await site.SessionsAsync(), removed);
        }

        await Operator.PressAsync(page, "Verify audit");
        await Expect(card.GetByText("Intact", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_fault_of_the_service_is_told_beside_the_button()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "maintenance");
        var card = Operator.CardOf(page, "Audit");
        await Expect(card).ToBeVisibleAsync();
        await page.RouteAsync("**/api/v1/operations/verify-audit*", route => route.AbortAsync());
        await Operator.PressAsync(page, "Verify audit");

        await Expect(card.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The service cannot be reached. Try again in a moment.");
    }

    [Fact]
    public async Task What_operators_did_is_told_with_what_they_did_it_to()
    {
        var user = Users.NewId("audit");
        await Users.CreateAsync(site.Api, user);
        var page = await Operator.EnterAsync(site, site.OperatorKey, "maintenance");
        var card = Operator.CardOf(page, "Audit");
        await card.GetByLabel("Only the records of this user").FillAsync(user);
        await Operator.PressAsync(page, "Verify audit");
        await Expect(card.GetByText("Records looked at")).ToBeVisibleAsync();

        await page.ReloadAsync();
        var actions = Operator.CardOf(page, "Actions of operators").GetByRole(AriaRole.Listitem);
        await Expect(actions.First).ToContainTextAsync("Verify audit");
        await Expect(actions.First).ToContainTextAsync("by key:");
        await Expect(actions.First).ToContainTextAsync($"userId: {user}");
        await Chromium.CheckAsync(page, "console", "actions");
    }

    private static async Task<int> NumberAsync(ILocator card, string name) => int.Parse(
        await card.Locator($"dt:text-is('{name}') + dd").InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
