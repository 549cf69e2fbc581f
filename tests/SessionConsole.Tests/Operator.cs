using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

/// <summary>What every test does in the console.</summary>
internal static class Operator
{
    /// <summary>Opens a page of the console as the operator with a key.</summary>
    /// <param name="site">The site.</param>
    /// <param name="key">The key.</param>
    /// <param name="place">The page and its parameters, such as <c>user?userId=alice</c>; empty for the first page.</param>
    /// <param name="width">The width of the window.</param>
    public static async Task<IPage> EnterAsync(ConsoleSite site, string key, string place = "", int width = 1280)
    {
        var page = await site.OpenAsync(width);
        await EnterAsync(page, key, place);
        return page;
    }

    /// <summary>Opens the console in an empty page that has kept the sign-in of the operator with a key, as a tab does after a reload.</summary>
    public static async Task EnterAsync(IPage page, string key, string place = "")
    {
        await page.AddInitScriptAsync($"sessionStorage.setItem('session-console.credential', '{key}')");
        await page.GotoAsync("./" + (place.Length == 0 ? "" : "#/" + place));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Enters a key at the sign-in.</summary>
    public static async Task SignInAsync(IPage page, string key)
    {
        await page.GetByLabel("Operator key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with this key" }).ClickAsync();
    }

    /// <summary>Waits for a page by its title.</summary>
    public static Task SeesAsync(IPage page, string title) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title, Exact = true })).ToBeVisibleAsync();

    /// <summary>A part of the page by its title.</summary>
    public static ILocator CardOf(IPage page, string title) =>
        page.Locator(".card").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = title, Exact = true }) });

    /// <summary>Presses a button of the page, or of the dialog that is open.</summary>
    public static Task PressAsync(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
