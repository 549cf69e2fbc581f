using System.Net;
using System.Text;
using System.Text.Json;
using Support.Hosts;
using Support.Http;
using Support.Servers;
using Support.Time;

namespace SessionFunctions.Tests;

/// <summary>Delivery of events by the built app: a hint in the queue right after the commit, and the timer for what a lost hint misses.</summary>
public sealed class EventDeliveryTests
{
    private const string Tick = "/admin/timers/DeliverEvents/tick";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_hint_delivers_an_event_without_a_timer()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await using var receiver = await WebhookReceiver.StartAsync();
        var queues = await AzuriteQueues.SharedAsync();
        await using var server = await StartAsync(receiver, queues, await queues.CreateAsync(deadline.Token), deadline.Token);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);

        await api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice"}""");
        await receiver.WaitAsync(count: 1, deadline.Token);

        Assert.Equal(["session.created"], Types(receiver));
    }

    [Fact]
    public async Task The_timer_delivers_an_event_whose_hint_was_lost()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await using var receiver = await WebhookReceiver.StartAsync();
        var queues = await AzuriteQueues.SharedAsync();

        // Nobody has made the queue, so every hint is lost.
        await using var server = await StartAsync(receiver, queues, AzuriteQueues.NewName(), deadline.Token);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        using var platform = new HttpClient { BaseAddress = server.Url };

        var created = await api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice"}""");
        Assert.Equal(204, (int)(await api.ServiceAsync("DELETE", $"/v1/sessions/{created.TextOf("sid")}")).Status);
        await Eventually.AnswerAsync(
            () => Task.FromResult(server.LastLines),
            static lines => lines.Contains("A hint to deliver events of 1 lanes could not be sent; the timer delivers them", StringComparison.Ordinal));

        Assert.Empty(receiver.Received);
        using var answer = await platform.PostAsync(Tick, content: null, deadline.Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["session.created", "session.ended"], Types(receiver));
    }

    private static IEnumerable<string?> Types(WebhookReceiver receiver) =>
        receiver.Received.Select(got => JsonElement.Parse(Encoding.UTF8.GetString(got.Body)).GetProperty("type").GetString());

    private static async Task<SessionServerProcess> StartAsync(WebhookReceiver receiver, AzuriteQueues queues, string queue, CancellationToken cancellationToken)
    {
        var tables = await AzuriteServer.SharedAsync();
        var settings = EventSettings.To(receiver, queues, queue);
        return await SessionServerProcess.StartAsync(HostKind.Functions, tables.ConnectionString, redis: null, settings, cancellationToken);
    }
}
