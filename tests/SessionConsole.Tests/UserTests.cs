using System.Globalization;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class UserTests(ConsoleSite site)
{
    private const int ManyRows = 10_000;
    private const int ServedRows = 1000;
    private const int MostElements = 60;

    [Fact]
    public async Task One_session_is_ended_and_the_others_stay()
    {
        var user = Users.NewId("end");
        var (_, kept) = await Users.CreateAsync(site.Api, user, "Laptop");
        var (_, ended) = await Users.CreateAsync(site.Api, user, "Lost phone");
        var page = await Operator.EnterAsync(site, site.SupportKey, "user?userId=" + user);

        await Operator.PressAsync(page, "End session: Lost phone");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Reason").FillAsync("Device Lost");
        await Expect(page.GetByText("Use lower-case letters, digits and single hyphens; at most 64 characters.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Reason").FillAsync("device-lost");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End session" }).ClickAsync();

        await Expect(page.GetByText("The session is ended.")).ToBeVisibleAsync();
        await Expect(page.GetByText("device-lost")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "End session: Laptop" })).ToBeVisibleAsync();
        Assert.True(await Users.IsActiveAsync(site.Api, kept));
        Assert.False(await Users.IsActiveAsync(site.Api, ended));

        await page.GetByRole(AriaRole.Radio, new() { Name = "Live" }).CheckAsync(new() { Force = true });
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Lost phone" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_user_is_signed_out_everywhere_after_a_preview()
    {
        var user = Users.NewId("out");
        string[] tokens = [(await Users.CreateAsync(site.Api, user, "Laptop")).Token, (await Users.CreateAsync(site.Api, user, "Phone")).Token];
        var page = await Operator.EnterAsync(site, site.SupportKey, "user?userId=" + user);
        await Operator.PressAsync(page, "Sign out everywhere");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("2 live sessions end in one transaction.")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        Assert.True(await Users.IsActiveAsync(site.Api, tokens[0]));

        await dialog.GetByRole(AriaRole.Button, new() { Name = "End 2 sessions" }).ClickAsync();
        await Expect(page.GetByText("2 sessions are ended.")).ToBeVisibleAsync();
        await Expect(page.GetByText("ended-by-operator")).ToHaveCountAsync(2);
        foreach (var token in tokens)
        {
            Assert.False(await Users.IsActiveAsync(site.Api, token));
        }

        await Operator.PressAsync(page, "Sign out everywhere");
        await Expect(dialog.GetByText("The user has no live sessions, so nothing would end.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ten_thousand_rows_are_scrolled_by_keyboard_with_few_elements()
    {
        var user = Users.NewId("many");
        await Users.CreateAsync(site.Api, user, "Laptop");
        var template = (await site.Api.OperatorAsync("GET", "/v1/operations/sessions?userId=" + user)).Text;
        var page = await Operator.EnterAsync(site, site.OperatorKey);

        // A user has at most 98 live sessions, so the answers of the server are repeated.
        await page.RouteAsync("**/api/v1/operations/sessions?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = PageOf(template, route.Request.Url) }));
        await page.GotoAsync("./#/user?userId=" + user);
        var list = page.GetByRole(AriaRole.Table, new() { Name = $"Sessions of {user}" });
        await page.GetByRole(AriaRole.Region, new() { Name = $"Sessions of {user}" }).FocusAsync();
        for (var loaded = ServedRows; loaded < ManyRows; loaded += ServedRows)
        {
            await Expect(list).ToHaveAttributeAsync("aria-rowcount", (loaded + 1).ToString(CultureInfo.InvariantCulture));
            await page.Keyboard.PressAsync("End");
        }

        await Expect(list).ToHaveAttributeAsync("aria-rowcount", (ManyRows + 1).ToString(CultureInfo.InvariantCulture));
        await page.Keyboard.PressAsync("End");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Device 9999", Exact = true })).ToBeInViewportAsync();
        await Expect(page.GetByText("10,000 loaded")).ToBeVisibleAsync();
        Assert.InRange(await page.Locator("tr").CountAsync(), 5, MostElements);

        await page.Keyboard.PressAsync("Home");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Device 0", Exact = true })).ToBeInViewportAsync();
    }

    private static string PageOf(string template, string url)
    {
        var first = int.Parse(HttpUtility.ParseQueryString(new Uri(url).Query)["continuation"] ?? "0", CultureInfo.InvariantCulture);
        var one = JsonNode.Parse(template)!["sessions"]![0]!.AsObject();
        var rows = new JsonArray([.. Enumerable.Range(first, ServedRows).Select(index => Numbered(one, index))]);
        var answer = new JsonObject { ["sessions"] = rows };
        if (first + ServedRows < ManyRows)
        {
            answer["continuation"] = (first + ServedRows).ToString(CultureInfo.InvariantCulture);
        }

        return answer.ToJsonString();
    }

    private static JsonNode Numbered(JsonObject session, int index)
    {
        var copy = session.DeepClone();
        copy["sid"] = string.Create(CultureInfo.InvariantCulture, $"ses_{index:D43}");
        copy["device"]!["name"] = string.Create(CultureInfo.InvariantCulture, $"Device {index}");
        return copy;
    }
}
