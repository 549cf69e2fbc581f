using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Sessions;
using SessionHosting.Events;
using Support.Http;

namespace SessionServer.Tests.Events;

/// <summary>What a webhook gets, what counts as its acknowledgement, and which addresses are never connected to.</summary>
public sealed class WebhookTargetTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OtherSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private static readonly DateTimeOffset At = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionEvent Event = new("0123456789abcdef", SessionEventTypes.Ended, At, "ses_x", Encoding.UTF8.GetBytes("""{"reason":"signed-out"}"""));

    private WebhookReceiver? _receiver;

    private WebhookReceiver Receiver => _receiver ?? throw new InvalidOperationException("The receiver has not started.");

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await Receiver.DisposeAsync();

    [Fact]
    public async Task It_gets_a_signed_CloudEvent()
    {
        using var target = Target(Receiver.Url, previous: OtherSecret);

        Assert.True(await target.DeliverAsync(Event, CancellationToken.None));

        var got = Assert.Single(Receiver.Received);
        var told = JsonElement.Parse(Encoding.UTF8.GetString(got.Body));
        Assert.Equal("application/cloudevents+json; charset=utf-8", got.Headers["Content-Type"]);
        Assert.Equal(
            ("1.0", Event.Id, Event.Type, "urn:test", "ses_x", "2030-01-01T12:00:00Z", "signed-out"),
            (Text("specversion"), Text("id"), Text("type"), Text("source"), Text("subject"), Text("time"), told.GetProperty("data").GetProperty("reason").GetString()));
        Assert.Equal(Event.Id, got.Headers["webhook-id"]);
        var at = long.Parse(got.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        Assert.Equal(
            WebhookSignature.Of([EventTargetOptions.ReadSecret(Secret)!, EventTargetOptions.ReadSecret(OtherSecret)!], Event.Id, at, got.Body),
            got.Headers["webhook-signature"]);

        string? Text(string name) => told.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_repetition_has_the_same_body()
    {
        using var target = Target(Receiver.Url);
        await target.DeliverAsync(Event, CancellationToken.None);
        await target.DeliverAsync(Event, CancellationToken.None);

        Assert.Equal(Receiver.Received[0].Body, Receiver.Received[1].Body);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(202, true)]
    [InlineData(400, false)]
    [InlineData(410, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    public async Task Only_2xx_acknowledges(int status, bool isDelivered)
    {
        Receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        using var target = Target(Receiver.Url);

        Assert.Equal(isDelivered, await target.DeliverAsync(Event, CancellationToken.None));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = await WebhookReceiver.StartAsync();
        Receiver.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = other.Url.ToString();
            return Task.CompletedTask;
        };
        using var target = Target(Receiver.Url);

        Assert.False(await target.DeliverAsync(Event, CancellationToken.None));
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task One_that_does_not_answer_in_time_has_not_acknowledged()
    {
        var never = new TaskCompletionSource();
        Receiver.Answer = context => never.Task.WaitAsync(context.RequestAborted);
        using var target = Target(Receiver.Url, timeout: TimeSpan.FromMilliseconds(200));

        Assert.False(await target.DeliverAsync(Event, CancellationToken.None));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_private_address_is_not_connected_to_by_number_or_by_name(string host)
    {
        using var target = Target(new UriBuilder(Receiver.Url) { Host = host }.Uri, allowPrivate: false);

        Assert.False(await target.DeliverAsync(Event, CancellationToken.None));
        Assert.Empty(Receiver.Received);
    }

    private static WebhookTarget Target(Uri url, string previous = "", TimeSpan? timeout = null, bool allowPrivate = true)
    {
        var options = new EventTargetOptions
        {
            Url = url.ToString(),
            Secret = Secret,
            PreviousSecret = previous,
            Timeout = timeout ?? TimeSpan.FromSeconds(10),
            AllowPrivateAddresses = allowPrivate,
        };
        return new WebhookTarget("one", options, "urn:test", TimeProvider.System, NullLogger<WebhookTarget>.Instance);
    }
}
