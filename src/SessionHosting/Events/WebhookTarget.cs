using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using SessionCore.Events;
using SessionCore.Sessions;

namespace SessionHosting.Events;

/// <summary>Posts events to a webhook, signed by Standard Webhooks. Any answer of 2xx acknowledges; everything else is tried again.</summary>
internal sealed partial class WebhookTarget : IEventTarget, IDisposable
{
    private readonly EventTargetOptions _options;
    private readonly string _source;
    private readonly Uri _url;
    private readonly byte[][] _secrets;
    private readonly HttpClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    /// <summary>Creates the target from checked options.</summary>
    public WebhookTarget(string name, EventTargetOptions options, string source, TimeProvider timeProvider, ILogger<WebhookTarget> logger)
    {
        Name = name;
        _options = options;
        _source = source;
        _url = new Uri(options.Url, UriKind.Absolute);
        _secrets = [.. new[] { options.Secret, options.PreviousSecret }.Select(EventTargetOptions.ReadSecret).OfType<byte[]>()];
        _client = WebhookClient.Create(options.AllowPrivateAddresses);
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Wants(string type) => _options.Types.Count == 0 || _options.Types.Contains(type);

    /// <inheritdoc/>
    public async ValueTask<bool> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = RequestOf(delivered);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.IsSuccessStatusCode)
            {
                return true;
            }

            LogRefused(_logger, Name, (int)answer.StatusCode);
            return false;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreachable(_logger, Name, exception);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

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

    [LoggerMessage(3701, LogLevel.Warning, "The target {Target} answered an event with {Status}; it is tried again")]
    private static partial void LogRefused(ILogger logger, string target, int status);

    [LoggerMessage(3702, LogLevel.Warning, "The target {Target} could not be reached in time; its event is tried again")]
    private static partial void LogUnreachable(ILogger logger, string target, Exception exception);
}
