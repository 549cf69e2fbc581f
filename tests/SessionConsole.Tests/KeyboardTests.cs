using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class KeyboardTests(ConsoleSite site)
{
    private const string Focused = "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()";

    [Fact]
    public async Task A_session_is_ended_by_keyboard_alone()
    {
        var user = Users.NewId("keys");
        await Users.CreateAsync(site.Api, user, "Old phone");
        var page = await Operator.EnterAsync(site, site.SupportKey, "find");
        await Operator.SeesAsync(page, "Find");
        await TabToAsync(page, "Skip to content");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Skip to content" })).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(user);
        await page.Keyboard.PressAsync("Enter");
        await Operator.SeesAsync(page, user);

        await TabToAsync(page, "End session: Old phone");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal("End session: Old phone", await page.EvaluateAsync<string>(Focused));

        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "End session");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("The session is ended.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_navigation_of_a_phone_opens_and_closes()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "keys", width: 320);
        var navigation = page.GetByRole(AriaRole.Navigation);
        await Expect(navigation).Not.ToBeVisibleAsync();
        await TabToAsync(page, "Menu");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Menu" })).ToHaveAttributeAsync("aria-expanded", "true");
        await navigation.GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();

        await Operator.SeesAsync(page, "Events");
        await Expect(navigation).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task Colours_are_chosen_and_kept()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "keys");
        await Operator.PressAsync(page, "Colours: Auto");
        await Operator.PressAsync(page, "Colours: Light");
        await page.ReloadAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Colours: Dark" })).ToBeVisibleAsync();
        Assert.Equal("dark", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme"));
    }

    // Presses Tab until the element with this name has the focus.
    private static async Task TabToAsync(IPage page, string name)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>(Focused) == name)
            {
                return;
            }
        }

        Assert.Fail($"Tab does not reach '{name}'.");
    }
}
