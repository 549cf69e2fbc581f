using Azure.Core;

namespace SessionCore.Tables.Rest;

/// <summary>One call to the service, sent once or several times.</summary>
internal sealed class RestRequest(RequestMethod method, Uri address) : IDisposable
{
    public const string Json = "application/json";

    public RequestMethod Method { get; } = method;

    public Uri Address { get; } = address;

    /// <summary>Gets the entity tag the row must have.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Gets the body, owned by this request; null for reads and deletes.</summary>
    public PooledBuffer? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Gets a value indicating whether the answer may say where to go on.</summary>
    public bool IsQuery { get; init; }

    /// <summary>Gets the number of writes of a transaction; 0 for any other request.</summary>
    public int Writes { get; init; }

    public void Dispose() => Body?.Dispose();
}
