using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class FindTests(ConsoleSite site)
{
    private const int BodyAt = 4;
    private const int BodyChars = 112;
    private const int SecretAt = 36;
    private const int SecretBytes = 32;
    private const int WindowChars = 12;

    [Fact]
    public async Task A_user_id_leads_to_the_users_sessions()
    {
        var user = Users.NewId("find");
        await Users.CreateAsync(site.Api, user, "Kitchen tablet");
        var page = await Operator.EnterAsync(site, site.SupportKey);
        await page.GetByLabel("User id").And(page.GetByRole(AriaRole.Textbox)).FillAsync(user);
        await Operator.PressAsync(page, "Find");

        await Operator.SeesAsync(page, user);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Kitchen tablet" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_sid_leads_to_its_session()
    {
        var user = Users.NewId("find");
        var (sid, _) = await Users.CreateAsync(site.Api, user, "Kitchen tablet");
        var page = await Operator.EnterAsync(site, site.SupportKey);
        await FindAsync(page, sid);

        await Operator.SeesAsync(page, "Kitchen tablet");
        await Expect(page.GetByText(sid)).ToBeVisibleAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Operator.PressAsync(page, "Copy the session id");
        await Expect(page.GetByText("Copied.")).ToBeVisibleAsync();
        Assert.Equal(sid, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        await page.GetByRole(AriaRole.Link, new() { Name = user }).ClickAsync();
        await Operator.SeesAsync(page, user);
    }

    [Fact]
    public async Task A_token_finds_its_session_and_never_leaves_the_page()
    {
        var (sid, token) = await Users.CreateAsync(site.Api, Users.NewId("find"), "Lost phone");
        var page = await Operator.EnterAsync(site, site.SupportKey);
        var sent = new ConcurrentQueue<string>();
        page.Request += (_, request) => sent.Enqueue($"{request.Url} {JsonSerializer.Serialize(request.Headers)} {request.PostData}");
        await FindAsync(page, token);

        await Operator.SeesAsync(page, "Lost phone");
        await Expect(page.GetByText(sid)).ToBeVisibleAsync();
        Assert.Contains(sent, request => request.Contains("tokenDigest=" + DigestOf(token), StringComparison.Ordinal));
        var kept = await page.EvaluateAsync<string>("JSON.stringify([location.href, {...sessionStorage}, {...localStorage}, document.documentElement.outerHTML])");
        foreach (var text in sent.Append(kept))
        {
            Assert.All(WindowsOf(token), window => Assert.DoesNotContain(window, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_nobody_knows_is_told()
    {
        var page = await Operator.EnterAsync(site, site.SupportKey);
        await FindAsync(page, "ses_" + new string('A', 43));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();

        await FindAsync(page, "sst_too-short");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("A token is sst_ and 118 characters.");

        await page.GotoAsync("./#/user?userId=" + Users.NewId("nobody"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No sessions" })).ToBeVisibleAsync();
    }

    // The prefix of a sid or a token selects what the text is.
    private static async Task FindAsync(IPage page, string text)
    {
        await page.GetByRole(AriaRole.Textbox).FillAsync(text);
        await Operator.PressAsync(page, "Find");
    }

    private static string DigestOf(string token) => Convert.ToHexStringLower(SHA256.HashData(
        Base64Url.DecodeFromChars(token.AsSpan(BodyAt, BodyChars)).AsSpan(SecretAt, SecretBytes)));

    private static IEnumerable<string> WindowsOf(string token) =>
        Enumerable.Range(0, token.Length - WindowChars).Select(at => token.Substring(at, WindowChars));
}
