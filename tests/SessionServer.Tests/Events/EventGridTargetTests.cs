using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;
using Microsoft.AspNetCore.Http;
using SessionCore.Sessions;
using SessionHosting.Events;
using Support;
using Support.Http;

namespace SessionServer.Tests.Events;

/// <summary>A topic of Event Grid gets the CloudEvent that a webhook gets, by access key or by the app's identity.</summary>
public sealed class EventGridTargetTests
{
    private readonly CapturedLog _log = new();

    [Fact]
    public async Task It_gets_the_CloudEvent_that_a_webhook_gets_with_its_key()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            return Task.CompletedTask;
        };
        var target = TargetUnderTest.Of(TargetUnderTest.OptionsOf(EventTargetKind.EventGrid, receiver.Url), _log.Factory());

        Assert.True(await target.DeliverAsync(TargetUnderTest.Ended, CancellationToken.None));
        Assert.True(await target.DeliverAsync(TargetUnderTest.Ended, CancellationToken.None));

        var (first, second) = (receiver.Received[0], receiver.Received[1]);
        Assert.Equal(TargetUnderTest.AccessKey, first.Headers["aeg-sas-key"]);
        Assert.StartsWith("application/cloudevents-batch+json", first.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(first.Body, second.Body);
        var told = Assert.Single(JsonElement.Parse(Encoding.UTF8.GetString(first.Body)).EnumerateArray());
        var asWebhook = JsonElement.Parse(CloudEventJson.Of(TargetUnderTest.Ended, "urn:test").Span);
        Assert.True(JsonElement.DeepEquals(asWebhook, told), told.GetRawText());
    }

    [Fact]
    public async Task Without_a_key_the_identity_asks_for_a_token_of_Event_Grid_and_one_that_gets_none_is_tried_again()
    {
        var identity = new Identity();
        var options = TargetUnderTest.OptionsOf(EventTargetKind.EventGrid, new Uri("https://topic.example.com/api/events"));
        options.AccessKey = "";
        var target = TargetUnderTest.Of(options, _log.Factory(), identity);

        Assert.False(await target.DeliverAsync(TargetUnderTest.Ended, CancellationToken.None));

        Assert.Equal(["https://eventgrid.azure.net/.default"], identity.Scopes);
        Assert.Contains("no token for the managed identity", Assert.Single(_log.Entries).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _log.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_nobody_answers_at_is_tried_again()
    {
        var receiver = await WebhookReceiver.StartAsync();
        var url = receiver.Url;
        await receiver.DisposeAsync();
        var target = TargetUnderTest.Of(TargetUnderTest.OptionsOf(EventTargetKind.EventGrid, url), _log.Factory());

        Assert.False(await target.DeliverAsync(TargetUnderTest.Ended, CancellationToken.None));
        Assert.Contains("could not be reached in time", Assert.Single(_log.Entries).Text, StringComparison.Ordinal);
    }

    private sealed class Identity : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            throw new AuthenticationFailedException("canary");
        }
    }
}
