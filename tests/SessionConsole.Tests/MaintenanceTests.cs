using System.Globalization;
using Browsing;
using Microsoft.Playwright;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support.Tables;
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
    public async Task A_malformed_row_that_a_rebuild_puts_aside_is_counted()
    {
        var user = Users.NewId("malformed");
        await Users.CreateAsync(site.Api, user);
        var sessions = await site.SessionsAsync();
        var partition = SessionLocator.PartitionOf(user).ToString("x32", CultureInfo.InvariantCulture);
        var row = (await sessions.QueryAsync(new TableQuery { PartitionKey = partition, RowFrom = "s_", RowTo = "s`" }, CancellationToken.None)).Rows.Single();
        Assert.True((await sessions.WriteAsync(TableWrite.Replace(ForgedRow.Of(row, "state", isRemoved: true), row.ETag!), CancellationToken.None)).IsWritten);
        var page = await Operator.EnterAsync(site, site.OperatorKey, "maintenance");
        var card = Operator.CardOf(page, "Quarantine");
        try
        {
            await Operator.PressAsync(page, "Rebuild now");
            await Expect(card.Locator("dt:text-is('Malformed rows found') + dd")).ToHaveTextAsync("1");
            await Expect(card.Locator("dt:text-is('Put into quarantine') + dd")).ToHaveTextAsync("1");
            await Chromium.CheckAsync(page, "console", "quarantine");
        }
        finally
        {
            var forged = await sessions.FindAsync(row.PartitionKey, row.RowKey, CancellationToken.None);
            await sessions.WriteAsync(TableWrite.Delete(row.PartitionKey, row.RowKey, forged!.ETag!), CancellationToken.None);
        }

        await Operator.PressAsync(page, "Rebuild now");
        await Expect(card.GetByText("The last rebuild found no malformed row.")).ToBeVisibleAsync();
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
