using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using SessionCore.Sessions;
using SessionHosting.Events;
using Support;
using Support.Http;

namespace SessionServer.Tests.Events;

/// <summary>What holds for targets of every kind: which addresses are connected to, what acknowledges, and what is never told.</summary>
public sealed class EveryTargetTests : IAsyncLifetime
{
    private readonly CapturedLog _log = new();
    private WebhookReceiver? _receiver;

    public static TheoryData<EventTargetKind> Kinds => [.. Enum.GetValues<EventTargetKind>()];

    private WebhookReceiver Receiver => _receiver ?? throw new InvalidOperationException("The receiver has not started.");

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await Receiver.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Its_acknowledgement_delivers(EventTargetKind kind)
    {
        Answer(kind is EventTargetKind.Caep ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);

        Assert.True(await DeliverAsync(TargetUnderTest.OptionsOf(kind, Receiver.Url)));
        Assert.Single(Receiver.Received);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_error_is_one_attempt_that_failed(EventTargetKind kind)
    {
        foreach (var status in new[] { 400, 401, 403, 404, 410, 413, 429, 500, 503 })
        {
            Answer(status);
            Assert.False(await DeliverAsync(TargetUnderTest.OptionsOf(kind, Receiver.Url)));
        }

        Assert.Equal(9, Receiver.Received.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_redirect_is_not_followed(EventTargetKind kind)
    {
        await using var other = await WebhookReceiver.StartAsync();
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            Receiver.Answer = context =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = other.Url.ToString();
                return Task.CompletedTask;
            };
            Assert.False(await DeliverAsync(TargetUnderTest.OptionsOf(kind, Receiver.Url)));
        }

        Assert.Empty(other.Received);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_private_address_is_not_connected_to(EventTargetKind kind)
    {
        foreach (var host in new[] { "127.0.0.1", "localhost", "[::ffff:127.0.0.1]" })
        {
            var options = TargetUnderTest.OptionsOf(kind, new UriBuilder(Receiver.Url) { Host = host }.Uri, allowPrivate: false);
            Assert.False(await DeliverAsync(options));
        }

        Assert.Empty(Receiver.Received);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_that_does_not_answer_in_time_has_not_acknowledged(EventTargetKind kind)
    {
        var never = new TaskCompletionSource();
        Receiver.Answer = context => never.Task.WaitAsync(context.RequestAborted);
        var options = TargetUnderTest.OptionsOf(kind, Receiver.Url);
        options.Timeout = TimeSpan.FromMilliseconds(200);

        Assert.False(await DeliverAsync(options));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whoever_gives_up_gets_the_cancellation(EventTargetKind kind)
    {
        using var caller = new CancellationTokenSource();
        Receiver.Answer = async context =>
        {
            await caller.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        };
        var target = TargetUnderTest.Of(TargetUnderTest.OptionsOf(kind, Receiver.Url), _log.Factory());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => target.DeliverAsync(TargetUnderTest.Ended, caller.Token).AsTask());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_secret_is_in_a_body_or_a_log_even_if_the_receiver_repeats_what_it_got(EventTargetKind kind)
    {
        Receiver.Answer = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsJsonAsync(new { err = TargetUnderTest.PushToken, description = string.Join(' ', context.Request.Headers.Values.Select(value => value.ToString())) });
        };

        Assert.False(await DeliverAsync(TargetUnderTest.OptionsOf(kind, Receiver.Url)));

        string[] secrets = [TargetUnderTest.WebhookSecret[6..], TargetUnderTest.AccessKey, TargetUnderTest.PushToken, TargetUnderTest.SigningKey];
        var told = string.Join('\n', _log.Lines) + Encoding.UTF8.GetString(Assert.Single(Receiver.Received).Body);
        Assert.NotEmpty(_log.Lines);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_that_was_judged_is_the_one_that_is_connected_to_whatever_the_name_service_answers_next()
    {
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("1.1.1.1")], [IPAddress.Loopback], [IPAddress.Parse("1.1.1.1"), IPAddress.Parse("169.254.169.254")]]);
        var dialled = new List<IPAddress>();
        using var client = TargetClient.Create(new GuardedConnector(allowPrivateAddresses: false)
        {
            Resolve = (_, _) => Task.FromResult(answers.Dequeue()),
            Dial = (addresses, _, _) =>
            {
                dialled.AddRange(addresses);
                throw new HttpRequestException("Nobody is there.");
            },
        });

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("https://target.example.com")));
        }

        Assert.Empty(answers);
        Assert.Equal([IPAddress.Parse("1.1.1.1")], dialled);
    }

    private async Task<bool> DeliverAsync(EventTargetOptions options)
    {
        var target = TargetUnderTest.Of(options, _log.Factory());
        using var disposed = (IDisposable)target;
        return await target.DeliverAsync(TargetUnderTest.Ended, CancellationToken.None);
    }

    private void Answer(int status) => Receiver.Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}
