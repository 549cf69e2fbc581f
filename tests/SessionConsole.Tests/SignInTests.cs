using Microsoft.Playwright;
using Support.Faults;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class SignInTests(ConsoleSite site) : IDisposable
{
    public void Dispose() => site.Proxy.Fate = null;

    [Fact]
    public async Task An_operator_signs_in_and_out()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("./");
        await Operator.SignInAsync(page, site.OperatorKey);
        await Operator.SeesAsync(page, "Overview");

        await page.ReloadAsync();
        await Operator.SeesAsync(page, "Overview");

        await Operator.PressAsync(page, "Sign out");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("You are signed out.");
        await page.ReloadAsync();
        await Operator.SeesAsync(page, "Sign in");
        Assert.Equal("{}", await page.EvaluateAsync<string>("JSON.stringify(sessionStorage)"));
    }

    [Fact]
    public async Task The_address_of_a_development_machine_signs_in_once()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("./#code=" + ConsoleSite.Code);
        await Operator.SeesAsync(page, "Overview");
        Assert.DoesNotContain(ConsoleSite.Code, page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Operator.SeesAsync(page, "Overview");

        var second = await site.OpenAsync();
        await second.GotoAsync("./#code=" + ConsoleSite.Code);
        await Expect(second.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The address was used before or is wrong. Take the newest one from the output of the server.");
        Assert.DoesNotContain(ConsoleSite.Code, second.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_key_is_told_at_once()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("./");
        await Operator.SignInAsync(page, "hunter2");

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("An operator key begins with ssk_.");
    }

    [Fact]
    public async Task An_expired_sign_in_leads_back_to_where_the_operator_was()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "keys");
        await Operator.SeesAsync(page, "Keys");

        site.Proxy.Fate = request => request.Target.StartsWith("/api/", StringComparison.Ordinal) ? HttpFault.Problem(401, "unauthenticated") : null;
        await page.GotoAsync("./#/maintenance");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Your sign-in has expired. Sign in again to go on where you were.");

        site.Proxy.Fate = null;
        await Operator.SignInAsync(page, site.OperatorKey);
        await Operator.SeesAsync(page, "Maintenance");
    }

    [Fact]
    public async Task A_key_that_the_service_does_not_know_is_refused()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("./");
        await Operator.SignInAsync(page, SessionApi.Callers.ServiceKey.New("stranger").Reveal());

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Your sign-in has expired. Sign in again to go on where you were.");
    }

    [Fact]
    public async Task A_service_without_an_operators_scope_sees_no_page()
    {
        var page = await site.OpenAsync();
        await page.GotoAsync("./");
        await Operator.SignInAsync(page, site.StrangerKey);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not allowed");
        await Expect(page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Support_sees_the_pages_it_may_use_and_the_api_refuses_the_others()
    {
        var page = await Operator.EnterAsync(site, site.SupportKey);
        await Operator.SeesAsync(page, "Find");
        await Expect(page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link)).ToHaveTextAsync(["Find"]);

        foreach (var hidden in (string[])["overview", "incident", "maintenance", "events", "keys"])
        {
            await page.GotoAsync($"./#/{hidden}");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not found");
        }

        foreach (var (method, path) in ((string, string)[])[("GET", "overview"), ("GET", "status"), ("GET", "jobs"), ("POST", "jobs"), ("GET", "timeline"), ("POST", "purge"), ("POST", "verify-audit"), ("POST", "rebuild-indexes"), ("POST", "replay-events"), ("POST", "revoke-before")])
        {
            var answer = await site.Api.SendAsync(method, "/v1/operations/" + path, site.SupportKey, method == "POST" ? "{}" : null);
            Assert.Equal(403, (int)answer.Status);
        }
    }

    [Fact]
    public async Task A_server_that_is_down_is_told_and_the_page_comes_back_with_it()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "keys");
        await Operator.SeesAsync(page, "Keys");

        site.Proxy.Fate = request => request.Target.StartsWith("/api/", StringComparison.Ordinal) ? HttpFault.Reset : null;
        await page.GotoAsync("./#/maintenance");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service cannot be reached");
        site.Proxy.Fate = null;
        await Operator.PressAsync(page, "Try again");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Purge", Exact = true })).ToBeVisibleAsync();

        // What was loaded stays in sight, with a line above it.
        site.Proxy.Fate = request => request.Target.StartsWith("/api/", StringComparison.Ordinal) ? HttpFault.Problem(503, "store-unavailable") : null;
        await Operator.PressAsync(page, "Purge now");
        await Expect(page.GetByText("It is not known whether the change was made.")).ToBeVisibleAsync();
        await Expect(page.GetByText("What you see is the last answer.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_server_that_does_not_even_send_its_configuration_is_told()
    {
        var page = await site.OpenAsync();
        site.Proxy.Fate = request => request.Target.EndsWith("/config.json", StringComparison.Ordinal) ? HttpFault.Reset : null;
        await page.GotoAsync("./");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service cannot be reached");
    }
}
