using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

/// <summary>What every test does in the console.</summary>
internal static class Operator
{
    /// <summary>Opens a page of the console as whoever has a key.</summary>
    /// <param name="site">The site.</param>
    /// <param name="key">The key.</param>
    /// <param name="place">The page and its parameters, such as <c>user?userId=alice</c>; empty for the first page.</param>
    /// <param name="width">The width of the window.</param>
    /// <param name="isDark">Whether the machine prefers dark pages.</param>
    public static async Task<IPage> EnterAsync(ConsoleSite site, string key, string place = "", int width = 1280, bool isDark = false)
    {
        var page = await site.OpenAsync(width, isDark);
        await page.GotoAsync("./");
        await SignInAsync(page, key);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true })).ToBeVisibleAsync();
        if (place.Length > 0)
        {
            await page.GotoAsync($"./#/{place}");
        }

        return page;
    }

    /// <summary>Enters a key at the sign-in.</summary>
    public static async Task SignInAsync(IPage page, string key)
    {
        await page.GetByLabel("Operator key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with this key" }).ClickAsync();
    }

    /// <summary>Waits for a page by its title.</summary>
    public static Task SeesAsync(IPage page, string title) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title, Exact = true })).ToBeVisibleAsync();

    /// <summary>Presses a button of the page, or of the dialog that is open.</summary>
    public static Task PressAsync(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
