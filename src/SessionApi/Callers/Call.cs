using Microsoft.AspNetCore.Http;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Callers;

/// <summary>State of one request in the dispatcher.</summary>
internal sealed class Call(HttpContext http, Operation operation)
{
    public HttpContext Http { get; } = http;

    public Operation Operation { get; } = operation;

    /// <summary>Gets or sets the required consistency of reads.</summary>
    public ReadConsistency Consistency { get; set; }

    /// <summary>Gets or sets what is required of the user's sign-in; null for nothing.</summary>
    public SignInRequirement? Requirement { get; set; }

    /// <summary>Gets or sets the service that calls; null when it is a user or anyone.</summary>
    public Caller? Service { get; set; }

    /// <summary>Gets or sets the calling user's token, known to be genuine.</summary>
    public SessionToken Token { get; set; }

    /// <summary>Gets or sets the calling user's session.</summary>
    public SessionReading Own { get; set; }

    /// <summary>Gets or sets a value indicating whether the token came in the cookie.</summary>
    public bool IsByCookie { get; set; }

    /// <summary>Gets or sets the form of an endpoint of OAuth 2.0.</summary>
    public RequestForm? Form { get; set; }

    /// <summary>The one value of a query parameter; null when it is not there.</summary>
    public string? Query(string name) => Http.Request.Query[name] is [{ } value] ? value : null;

    /// <summary>Reads the session id in the path.</summary>
    /// <returns>False when it is malformed; the answer is that of an unknown session.</returns>
    public bool TryGetSid(out SessionId id) =>
        SessionId.TryParse(Http.Request.RouteValues.TryGetValue("sid", out var sid) ? sid as string : null, out id);

    /// <summary>The key of the calling service that the path names.</summary>
    /// <returns>False when it is not a SHA-256 value.</returns>
    public bool TryGetKey(out SessionKey key) =>
        SessionKey.TryParse(Service!.Id, Http.Request.RouteValues.TryGetValue("key", out var text) ? text as string : null, out key); // keys are for services
}

/// <summary>An authenticated service.</summary>
/// <param name="Id">Name that is stable over key rotations and unique across all credential types.</param>
/// <param name="Scopes">The granted scopes.</param>
internal sealed record Caller(string Id, Scopes Scopes)
{
    /// <summary>Returns the name of a caller without the kind of its credential. A name has no colon.</summary>
    public static string NameOf(string id) => id[(id.LastIndexOf(':') + 1)..];
}
