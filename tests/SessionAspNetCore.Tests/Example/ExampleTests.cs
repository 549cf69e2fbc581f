using Browsing;
using Microsoft.Playwright;
using SessionAspNetCore.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace SessionAspNetCore.Tests.Example;

/// <summary>The example application as its users see it.</summary>
[Collection(nameof(ApiServer))]
public sealed class ExampleTests(ApiServer api) : IAsyncLifetime
{
    private ExampleApp? _app;
    private Chromium? _chromium;

    private Uri Address => _app!.Address;

    private Chromium Browser => _chromium!;

    public async Task InitializeAsync()
    {
        _app = await ExampleApp.StartAsync(api);
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(320, false)]
    [InlineData(320, true)]
    public async Task A_user_signs_in_sees_and_ends_devices_and_learns_why(int width, bool isDark)
    {
        var look = $"{width}{(isDark ? "-dark" : "")}";
        var laptop = await Browser.OpenAsync(Address, width, isDark);
        await laptop.GotoAsync("/");
        await CheckAsync(laptop, $"welcome-{look}");
        await laptop.GotoAsync("/Devices");
        await CheckAsync(laptop, $"login-{look}");
        await SignInAsync(laptop, "alice", "wrong");
        await Expect(laptop.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Name or password is wrong.");
        await CheckAsync(laptop, $"login-wrong-{look}");
        await SignInAsync(laptop, "alice", "wonderland");
        await Expect(laptop).ToHaveTitleAsync("Your devices · Sessions example");

        var phone = await Browser.OpenAsync(Address);
        await phone.GotoAsync("/Devices");
        await SignInAsync(phone, "alice", "wonderland");
        await laptop.ReloadAsync();
        await Expect(laptop.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveCountAsync(2);
        await Expect(laptop.GetByText("This device")).ToHaveCountAsync(1);
        await CheckAsync(laptop, $"devices-{look}");

        await laptop.GetByRole(AriaRole.Button, new() { Name = "End session" }).ClickAsync();
        await Expect(laptop.GetByRole(AriaRole.Status)).ToHaveTextAsync("The session was ended.");
        await Expect(laptop.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveCountAsync(1);
        await phone.ReloadAsync();
        await Expect(phone.GetByRole(AriaRole.Status)).ToHaveTextAsync("You ended this session from another device.");

        await SignInAsync(phone, "alice", "wonderland");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Expect(phone).ToHaveTitleAsync("Sign in · Sessions example");
        await laptop.ReloadAsync();
        await Expect(laptop.GetByRole(AriaRole.Status)).ToHaveTextAsync("You signed out everywhere from another device.");
        await CheckAsync(laptop, $"why-{look}");
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(320)]
    public async Task What_needs_a_second_factor_asks_for_it_once(int width)
    {
        var page = await Browser.OpenAsync(Address, width);
        await page.GotoAsync("/Transfer");
        await SignInAsync(page, "bob", "builder");
        await Expect(page).ToHaveTitleAsync("Confirm that it is you · Sessions example");
        await CheckAsync(page, $"step-up-{width}");

        await page.GetByLabel("Code of your authenticator").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The code is wrong.");
        await page.GetByLabel("Code of your authenticator").FillAsync("654321");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page).ToHaveTitleAsync("Transfer money · Sessions example");
        await CheckAsync(page, $"transfer-{width}");

        await page.ReloadAsync();
        await Expect(page).ToHaveTitleAsync("Transfer money · Sessions example");
    }

    [Fact]
    public async Task Everything_works_by_keyboard_alone()
    {
        var page = await Browser.OpenAsync(Address);
        await page.GotoAsync("/Devices");
        await TabToAsync(page, "Name");
        await page.Keyboard.TypeAsync("bob");
        await TabToAsync(page, "Password");
        await page.Keyboard.TypeAsync("builder");
        await TabToAsync(page, "Stay signed in on this device");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveTitleAsync("Your devices · Sessions example");

        await TabToAsync(page, "Skip to content");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Sign out");
        await CheckAsync(page, "devices-focus");
        await TabToAsync(page, "Sign out everywhere");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveTitleAsync("Sign in · Sessions example");
    }

    private static Task CheckAsync(IPage page, string name) => Chromium.CheckAsync(page, "aspnetcore", name);

    private static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    // Presses Tab until the element with this label or text has the focus.
    private static async Task TabToAsync(IPage page, string name)
    {
        const string Focused = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()";
        for (var presses = 0; presses < 30; presses++)
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
