using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

[Collection(nameof(ConsoleSite))]
public sealed class EventsTests(ConsoleSite site)
{
    // The overview, which counts the parked events, is the same for ten seconds.
    private static readonly LocatorAssertionsToHaveTextOptions Patiently = new() { Timeout = 30_000 };

    [Fact]
    public async Task Parked_events_are_seen_and_replayed_to_their_target()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "events");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "billing" })).ToBeVisibleAsync();
        await Expect(page.GetByTestId("parked")).ToHaveTextAsync("1");
        Assert.DoesNotContain(site.Webhook.Received, received => IsOfParkedUser(received.Body));

        await Operator.PressAsync(page, "Replay parked events");
        await Expect(page.GetByText("1 event is tried again.")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("parked")).ToHaveTextAsync("0", Patiently);

        // An event that is tried again is no longer parked, and is delivered after that.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await site.Webhook.WaitForAsync(received => IsOfParkedUser(received.Body), patience.Token);

        await Operator.PressAsync(page, "Replay parked events");
        await Expect(page.GetByText("No event was parked.")).ToBeVisibleAsync();
    }

    private static bool IsOfParkedUser(byte[] body) => Encoding.UTF8.GetString(body).Contains(Past.ParkedUser, StringComparison.Ordinal);
}
