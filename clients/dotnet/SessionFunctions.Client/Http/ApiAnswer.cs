using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SessionFunctions.Client.Http;

/// <summary>An answer that the caller can use: a success, or a problem that the request expects.</summary>
internal sealed class ApiAnswer(int status, ReadOnlyMemory<byte> body, string? etag, WireProblem? problem)
{
    public int Status => status;

    public string? ETag => etag;

    /// <summary>Gets the problem; null for a success.</summary>
    public WireProblem? Problem => problem;

    /// <summary>Gets a value indicating whether there is a body.</summary>
    public bool HasBody => !body.IsEmpty;

    /// <summary>Gets the body as it came.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>Whether the problem is of a type.</summary>
    public bool Is(string problemType) => problem?.Type == ProblemTypes.Prefix + problemType;

    /// <summary>Reads the body.</summary>
    /// <exception cref="SessionsUnavailableException">The body is not that of the API.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw NotOurs(status, inner: null);
        }
        catch (JsonException e)
        {
            // The exception's own message may quote the body.
            throw NotOurs(status, new JsonException($"Not of the documented shape at byte {e.BytePositionInLine} of line {e.LineNumber}."));
        }
    }

    /// <summary>Reads the body as a JSON object of any shape.</summary>
    /// <exception cref="SessionsUnavailableException">The body is not that of the API.</exception>
    public SessionContent ReadContent()
    {
        try
        {
            var value = JsonSerializer.Deserialize(body.Span, WireJson.Wire.JsonElement);
            return value.ValueKind is JsonValueKind.Object && etag is not null ? new SessionContent(value, etag) : throw NotOurs(status, inner: null);
        }
        catch (JsonException)
        {
            throw NotOurs(status, inner: null);
        }
    }

    /// <summary>Reads the body as a session, with its entity tag.</summary>
    /// <exception cref="SessionsUnavailableException">The body is not that of the API.</exception>
    public Session ReadSession() => Read(WireJson.Wire.Session) with { ETag = etag };

    public static SessionsUnavailableException NotOurs(int status, Exception? inner) =>
        new($"Something other than the session API answered, with status {status}. Check BaseAddress: it ends with the base path, such as http://localhost:7071/api.", inner)
        {
            Status = status,
        };
}
