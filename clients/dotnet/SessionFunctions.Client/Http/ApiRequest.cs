using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SessionFunctions.Client.Http;

/// <summary>A request to the API.</summary>
/// <param name="Operation">Its name in the contract (operationId).</param>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query below the base address, without a leading slash.</param>
internal sealed record ApiRequest(string Operation, HttpMethod Method, string Path)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Gets a value indicating whether the request may be sent again when nothing is known of its outcome.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Gets the body as JSON; null for none. It may hold a token.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Gets the user's own token that replaces the credential of the service; null for the latter.</summary>
    public string? OwnToken { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? IfMatch { get; init; }

    public bool IfNoneExists { get; init; }

    public ReadConsistency? Consistency { get; init; }

    /// <summary>Gets the media type that is asked for; null for JSON.</summary>
    public string? Accept { get; init; }

    /// <summary>Gets the timestamp of the client's clock from which the time for the call counts; null for when it is sent.</summary>
    public long? BeganAt { get; init; }

    /// <summary>Gets for how many seconds the API may hold the answer until there is news (RFC 7240); the time-outs grow by it.</summary>
    public int WaitSeconds { get; init; }

    /// <summary>Gets the problems that are answers to the caller and no errors.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    public ApiRequest With<T>(T body, JsonTypeInfo<T> type) => this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };

    /// <summary>Makes the message. It can be sent more than once.</summary>
    public HttpRequestMessage ToMessage(string address)
    {
        var message = new HttpRequestMessage(Method, address + Path);
        message.Options.Set(RequestFacts.IsRepeatable, IsRepeatable);
        message.Options.Set(RequestFacts.HasOwnToken, OwnToken is not null);
        message.Options.Set(RequestFacts.Wait, TimeSpan.FromSeconds(WaitSeconds));
        if (BeganAt is { } began)
        {
            message.Options.Set(RequestFacts.BeganAt, began);
        }

        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body) { Headers = { ContentType = Json } };
        }

        var headers = message.Headers;
        if (OwnToken is not null)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", OwnToken);
        }

        Add(headers, "Idempotency-Key", IdempotencyKey);
        Add(headers, "If-Match", IfMatch);
        Add(headers, "If-None-Match", IfNoneExists ? "*" : null);
        Add(headers, "Session-Consistency", Consistency?.HeaderValue);
        Add(headers, "Accept", Accept);
        Add(headers, "Prefer", WaitSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"wait={WaitSeconds}") : null);
        return message;
    }

    /// <summary>Returns the operation: body and headers may hold a token.</summary>
    public override string ToString() => Operation;

    private static void Add(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.Add(name, value);
        }
    }
}

/// <summary>What the handlers of a request know of it.</summary>
internal static class RequestFacts
{
    public static readonly HttpRequestOptionsKey<bool> IsRepeatable = new("SessionFunctions.IsRepeatable");
    public static readonly HttpRequestOptionsKey<bool> HasOwnToken = new("SessionFunctions.HasOwnToken");
    public static readonly HttpRequestOptionsKey<TimeSpan> Wait = new("SessionFunctions.Wait");
    public static readonly HttpRequestOptionsKey<long> BeganAt = new("SessionFunctions.BeganAt");
}
