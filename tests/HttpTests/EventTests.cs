using System.Text;
using System.Text.Json;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>Events reach a webhook soon after the change, whatever host runs.</summary>
public sealed class EventTests(RunningHost host) : HttpSuite(host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_sign_in_and_a_sign_out_reach_the_webhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        var queues = await AzuriteQueues.SharedAsync();
        var settings = EventSettings.To(receiver, queues, await queues.CreateAsync(CancellationToken.None));
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);

        var created = await api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice","claims":{"role":"canary"}}""");
        var sid = created.TextOf("sid");
        Assert.Equal(204, (int)(await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}")).Status);
        using var deadline = new CancellationTokenSource(Patience);
        await receiver.WaitAsync(count: 2, deadline.Token);

        var events = receiver.Received.Select(got => JsonElement.Parse(Encoding.UTF8.GetString(got.Body))).ToArray();
        Assert.Equal(["session.created", "session.ended"], events.Select(told => told.GetProperty("type").GetString()));
        Assert.All(events, told => Assert.Equal(sid, told.GetProperty("subject").GetString()));
        Assert.All(receiver.Received, got =>
        {
            var text = Encoding.UTF8.GetString(got.Body);
            Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
            Assert.DoesNotContain(created.TextOf("token"), text, StringComparison.Ordinal);
        });
    }
}
