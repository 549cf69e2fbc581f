using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SessionCore.Events;
using SessionCore.Sessions;

namespace SessionHosting.Events;

/// <summary>Pushes security event tokens of ended sessions to a receiver of OpenID CAEP (RFC 8935).</summary>
/// <remarks>
/// 202 acknowledges, and nothing else: a sign-in page that answers 200 has taken nothing. An event of several sessions is acknowledged
/// when all of its tokens are; a repetition sends each with the same id.
/// </remarks>
internal sealed class CaepTarget : IEventTarget, IDisposable
{
    private const int MaxErrorBytes = 4096;

    // RFC 8935, section 2.4, and the registry that it opens.
    private static readonly string[] Errors =
        ["invalid_request", "invalid_key", "invalid_issuer", "invalid_audience", "authentication_failed", "access_denied"];

    private readonly EventTargetOptions _options;
    private readonly Uri _url;
    private readonly SecurityEventTokens _tokens;
    private readonly HttpClient _client;
    private readonly DeliveryAttempt _attempt;

    /// <summary>Creates the target from checked options.</summary>
    public CaepTarget(string name, EventTargetOptions options, TimeProvider timeProvider, ILogger<CaepTarget> logger)
    {
        Name = name;
        _options = options;
        _url = new Uri(options.Url, UriKind.Absolute);
        _tokens = new SecurityEventTokens(options.Caep, timeProvider);
        _client = TargetClient.Create(options.AllowPrivateAddresses);
        _attempt = new DeliveryAttempt(name, options.Timeout, timeProvider, logger);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Wants(string type) => _options.Wants(type);

    /// <inheritdoc/>
    public async ValueTask<bool> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken)
    {
        foreach (var token in _tokens.Of(delivered))
        {
            if (!await _attempt.RunAsync(deadline => PushAsync(token, deadline), cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _client.Dispose();
    }

    private async ValueTask<bool> PushAsync(string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(token)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(SecurityEventTokens.MediaType);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_options.Caep.Authorization.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", _options.Caep.Authorization);
        }

        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.Accepted)
        {
            return true;
        }

        var status = (int)answer.StatusCode;
        return answer.StatusCode is HttpStatusCode.BadRequest && await ReadErrorAsync(answer, cancellationToken) is { } code
            ? _attempt.Refused(status, code)
            : _attempt.Refused(status);
    }

    // The description is the receiver's own text, which may repeat the token, so only a code that is known is told.
    private static async ValueTask<string?> ReadErrorAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxErrorBytes];
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            using var error = JsonDocument.Parse(buffer.AsMemory(0, length));
            return error.RootElement.ValueKind is JsonValueKind.Object && error.RootElement.TryGetProperty("err"u8, out var code) && code.ValueKind is JsonValueKind.String
                ? Array.Find(Errors, code.ValueEquals)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
