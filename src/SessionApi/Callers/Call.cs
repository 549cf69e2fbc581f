using Microsoft.AspNetCore.Http;
using SessionApi.Contract;
using SessionCore.Sessions;

namespace SessionApi.Callers;

/// <summary>One request on its way through the dispatcher: what it is, and what has been found out about it.</summary>
internal sealed class Call(HttpContext http, Operation operation)
{
    public HttpContext Http { get; } = http;

    public Operation Operation { get; } = operation;

    /// <summary>Gets or sets how fresh what is read must be.</summary>
    public ReadConsistency Consistency { get; set; }

    /// <summary>Gets or sets the service that calls; null when it is a user or anyone.</summary>
    public Caller? Service { get; set; }

    /// <summary>Gets or sets the calling user's token, which is genuine.</summary>
    public SessionToken Token { get; set; }

    /// <summary>Gets or sets the calling user's session.</summary>
    public SessionReading Own { get; set; }

    /// <summary>Gets or sets a value indicating whether the token came in the cookie.</summary>
    public bool IsByCookie { get; set; }

    /// <summary>The one value of a query parameter; null when it is not there.</summary>
    public string? Query(string name) => Http.Request.Query[name] is [{ } value] ? value : null;

    /// <summary>The session that the path names.</summary>
    /// <returns>False when it cannot be one: answered as a session that is not there.</returns>
    public bool TryGetSid(out SessionId id) =>
        SessionId.TryParse(Http.Request.RouteValues.TryGetValue("sid", out var sid) ? sid as string : null, out id);
}

/// <summary>A service that has shown who it is.</summary>
/// <param name="Id">A name that is stable over key rotations and unique over all kinds of credential.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Caller(string Id, Scopes Scopes);
