using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using SessionCore.Events;
using SessionCore.Sessions;

namespace SessionHosting.Events;

/// <summary>Posts events to a webhook, signed by Standard Webhooks. Any answer of 2xx acknowledges; everything else is tried again.</summary>
internal sealed class WebhookTarget : IEventTarget, IDisposable
{
    private readonly EventTargetOptions _options;
    private readonly string _source;
    private readonly Uri _url;
    private readonly byte[][] _secrets;
    private readonly HttpClient _client;
    private readonly DeliveryAttempt _attempt;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates the target from checked options.</summary>
    public WebhookTarget(string name, EventTargetOptions options, string source, TimeProvider timeProvider, ILogger<WebhookTarget> logger)
    {
        Name = name;
        _options = options;
        _source = source;
        _url = new Uri(options.Url, UriKind.Absolute);
        _secrets = [.. new[] { options.Secret, options.PreviousSecret }.Select(EventTargetOptions.ReadSecret).OfType<byte[]>()];
        _client = TargetClient.Create(options.AllowPrivateAddresses);
        _attempt = new DeliveryAttempt(name, options.Timeout, timeProvider, logger);
        _timeProvider = timeProvider;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Wants(string type) => _options.Wants(type);

    /// <inheritdoc/>
    public ValueTask<bool> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken) =>
        _attempt.RunAsync(token => PostAsync(delivered, token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async ValueTask<bool> PostAsync(SessionEvent delivered, CancellationToken cancellationToken)
    {
        using var request = RequestOf(delivered);
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return answer.IsSuccessStatusCode || _attempt.Refused((int)answer.StatusCode);
    }

    private HttpRequestMessage RequestOf(SessionEvent delivered)
    {
        var body = CloudEventJson.Of(delivered, _source);
        var at = _timeProvider.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(CloudEventJson.ContentType, "utf-8");
        request.Headers.Add("webhook-id", delivered.Id);
        request.Headers.Add("webhook-timestamp", at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(_secrets, delivered.Id, at, body.Span));
        return request;
    }
}
