using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SessionApi.Http;

/// <summary>A problem ready to be sent. Never holds exception text, nor any value of the request.</summary>
internal sealed class Problem
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>Gets the seconds after which to try again; null for a problem that waiting does not cure.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Gets the entity tag that the session has now.</summary>
    public string? EntityTag { get; init; }

    /// <summary>Gets the media types that the body may have.</summary>
    public string? Accept { get; init; }

    /// <summary>Gets the media types that a patch may have (RFC 5789 section 3.1).</summary>
    public string? AcceptPatch { get; init; }

    /// <summary>Gets the content codings that the body may have.</summary>
    public string? AcceptEncoding { get; init; }

    /// <summary>Gets the methods that the path takes.</summary>
    public string? Allow { get; init; }

    /// <summary>The same problem with another waiting time; shares the body.</summary>
    public Problem After(int seconds) => new(Type, _body) { RetryAfterSeconds = seconds };

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = Type.Status;
        headers.ContentType = ContentTypes.Problem;
        if (Type.Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer";
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
