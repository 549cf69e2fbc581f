using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class MaintenanceTests(ConsoleSite site)
{
    [Fact]
    public async Task Purge_and_rebuild_run_on_demand_and_the_overview_knows_the_count()
    {
        await Users.CreateAsync(site.Api, Users.NewId("count"));
        var page = await Operator.EnterAsync(site, site.OperatorKey, "maintenance");
        await Operator.PressAsync(page, "Purge now");
        await Expect(page.GetByText("Purge finished.")).ToBeVisibleAsync();
        await Operator.PressAsync(page, "Rebuild now");
        await Expect(page.GetByText("Rebuild finished.")).ToBeVisibleAsync();
        await Expect(page.GetByText("The last rebuild found no malformed row.")).ToBeVisibleAsync();

        await page.GetByText("Counts of the last run").Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Live sessions" })).ToBeVisibleAsync();
        var status = (await site.Api.OperatorAsync("GET", "/v1/operations/status")).Json;
        Assert.True(status.GetProperty("sessions").GetProperty("live").GetInt64() > 0);
    }

    [Fact]
    public async Task One_user_is_rebuilt()
    {
        var user = Users.NewId("rebuild");
        await Users.CreateAsync(site.Api, user);
        var page = await Operator.EnterAsync(site, site.OperatorKey, "maintenance");
        await Operator.PressAsync(page, "Rebuild this user");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Enter a user id.");

        await page.GetByLabel("User id").FillAsync(user);
        await Operator.PressAsync(page, "Rebuild this user");
        await Expect(page.GetByText("The indexes of the user were right.")).ToBeVisibleAsync();
    }
}
