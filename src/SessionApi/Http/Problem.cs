using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SessionApi.Http;

/// <summary>Rendered problem. Contains neither exception text nor values of the request.</summary>
internal sealed class Problem
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string OAuthChallenge = "Bearer, Basic realm=\"session-functions\", charset=\"UTF-8\"";

    private readonly byte[] _body;

    public Problem(ProblemType type, string? detail = null, Action<Utf8JsonWriter>? members = null)
    {
        Type = type;
        _body = Render(type, detail, members);
    }

    private Problem(ProblemType type, byte[] body)
    {
        Type = type;
        _body = body;
    }

    public ProblemType Type { get; }

    /// <summary>Gets the value of Retry-After in seconds; null for a problem that a retry does not resolve.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Gets the current entity tag of the session.</summary>
    public string? EntityTag { get; init; }

    /// <summary>Gets the accepted media types of the body.</summary>
    public string? Accept { get; init; }

    /// <summary>Gets the accepted media types of a patch (RFC 5789 section 3.1).</summary>
    public string? AcceptPatch { get; init; }

    /// <summary>Gets the accepted content codings of the body.</summary>
    public string? AcceptEncoding { get; init; }

    /// <summary>Gets the allowed methods of the path.</summary>
    public string? Allow { get; init; }

    /// <summary>Gets the ways to authenticate that a 401 names.</summary>
    public string Challenge { get; init; } = "Bearer";

    /// <summary>The same problem as an endpoint of OAuth 2.0 answers it: with <c>error</c> (RFC 6749 section 5.2), and every way for a client to authenticate.</summary>
    public Problem ForOAuth() => new(Type, [.. _body.AsSpan(0, _body.Length - 1), .. ",\"error\":\""u8, .. Encoding.ASCII.GetBytes(OAuthError(Type.Status)), .. "\"}"u8])
    {
        RetryAfterSeconds = RetryAfterSeconds,
        Accept = Accept,
        AcceptEncoding = AcceptEncoding,
        Challenge = OAuthChallenge,
    };

    /// <summary>The same problem with another waiting time; shares the body.</summary>
    public Problem After(int seconds) => new(Type, _body) { RetryAfterSeconds = seconds };

    /// <summary>Appends it to an answer that holds other answers.</summary>
    public void AppendTo(AnswerBuffer buffer) => buffer.Append(_body);

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = Type.Status;
        headers.ContentType = ContentTypes.Problem;
        if (Type.Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = Challenge;
        }

        if (RetryAfterSeconds is { } seconds)
        {
            headers.RetryAfter = HeaderUtilities.FormatNonNegativeInt64(seconds);
        }

        if (EntityTag is not null)
        {
            headers.ETag = EntityTag;
        }

        if (Accept is not null)
        {
            headers.Accept = Accept;
        }

        if (AcceptPatch is not null)
        {
            headers["Accept-Patch"] = AcceptPatch;
        }

        if (AcceptEncoding is not null)
        {
            headers.AcceptEncoding = AcceptEncoding;
        }

        if (Allow is not null)
        {
            headers.Allow = Allow;
        }

        return Answer.SendAsync(context, _body);
    }

    private static string OAuthError(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "invalid_client",
        StatusCodes.Status403Forbidden => "insufficient_scope",
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => "temporarily_unavailable",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request",
    };

    private static byte[] Render(ProblemType type, string? detail, Action<Utf8JsonWriter>? members)
    {
        using var stream = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(stream, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type.Uri);
            json.WriteString("title"u8, type.Title);
            json.WriteNumber("status"u8, type.Status);
            if (detail is not null)
            {
                json.WriteString("detail"u8, detail);
            }

            members?.Invoke(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
