using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class UserTests(ConsoleSite site)
{
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
        await Expect(ListOf(page, user).GetByText("device-lost")).ToBeVisibleAsync();
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
        await Expect(ListOf(page, user).GetByText("ended-by-operator")).ToHaveCountAsync(2);
        foreach (var token in tokens)
        {
            Assert.False(await Users.IsActiveAsync(site.Api, token));
        }

        await Operator.PressAsync(page, "Sign out everywhere");
        await Expect(dialog.GetByText("The user has no live sessions, so nothing would end.")).ToBeVisibleAsync();
    }

    private static ILocator ListOf(IPage page, string user) => page.GetByRole(AriaRole.Table, new() { Name = "Sessions of " + user });
}
