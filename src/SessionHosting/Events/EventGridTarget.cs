using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Messaging.EventGrid;
using Microsoft.Extensions.Logging;
using SessionCore.Events;
using SessionCore.Sessions;

namespace SessionHosting.Events;

/// <summary>Publishes events to an Event Grid topic, as the same bytes that a webhook gets.</summary>
/// <remarks>One event for each request: each is acknowledged on its own, and the next of its session waits for that.</remarks>
internal sealed class EventGridTarget : IEventTarget, IDisposable
{
    private readonly EventTargetOptions _options;
    private readonly string _source;
    private readonly HttpClient _http;
    private readonly EventGridPublisherClient _client;
    private readonly DeliveryAttempt _attempt;

    /// <summary>Creates the target from checked options.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">The options.</param>
    /// <param name="source">The source of the events.</param>
    /// <param name="identity">Returns the app's identity, for a topic without access key.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">The log.</param>
    public EventGridTarget(
        string name, EventTargetOptions options, string source, Func<TokenCredential> identity, TimeProvider timeProvider, ILogger<EventGridTarget> logger)
    {
        Name = name;
        _options = options;
        _source = source;
        _http = TargetClient.Create(options.AllowPrivateAddresses);
        _client = ClientOf(options, identity, _http);
        _attempt = new DeliveryAttempt(name, options.Timeout, timeProvider, logger);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Wants(string type) => _options.Wants(type);

    /// <inheritdoc/>
    public ValueTask<bool> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken) =>
        _attempt.RunAsync(token => PublishAsync(delivered, token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static EventGridPublisherClient ClientOf(EventTargetOptions options, Func<TokenCredential> identity, HttpClient http)
    {
        // Delivery has pauses of its own, and what the client would log or trace is told here.
        var settings = new EventGridPublisherClientOptions { Transport = new HttpClientTransport(http) };
        settings.Retry.MaxRetries = 0;
        settings.Retry.NetworkTimeout = options.Timeout;
        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        var url = new Uri(options.Url, UriKind.Absolute);
        return options.AccessKey.Length > 0
            ? new EventGridPublisherClient(url, new AzureKeyCredential(options.AccessKey), settings)
            : new EventGridPublisherClient(url, identity(), settings);
    }

    private async ValueTask<bool> PublishAsync(SessionEvent delivered, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _client.SendEncodedCloudEventsAsync(CloudEventJson.BatchOf(delivered, _source), cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status > 0)
        {
            // Its message repeats what the other side wrote.
            return _attempt.Refused(exception.Status);
        }
        catch (RequestFailedException exception)
        {
            throw new HttpRequestException("The topic does not answer.", exception.InnerException);
        }
        catch (AuthenticationFailedException)
        {
            return _attempt.Refused(StatusOfIdentity, "no token for the managed identity");
        }
    }

    private const int StatusOfIdentity = 401;
}
