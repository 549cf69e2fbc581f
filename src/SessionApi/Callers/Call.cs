using Microsoft.AspNetCore.Http;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;
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

    /// <summary>Gets or sets the calling user.</summary>
    /// <exception cref="InvalidOperationException">A service calls, or anyone.</exception>
    public CallingUser User
    {
        get => field ?? throw new InvalidOperationException($"{Operation.Name} is not called by a user.");
        set;
    }

    /// <summary>Gets or sets the form of an endpoint of OAuth 2.0.</summary>
    public RequestForm? Form { get; set; }

    /// <summary>The one value of a query parameter; null when it is not there.</summary>
    public string? Query(string name) => Http.Request.Query[name] is [{ } value] ? value : null;

    /// <summary>Reads the session id in the path.</summary>
    /// <returns>False when it is malformed; the answer is that of an unknown session.</returns>
    public bool TryGetSid(out SessionId id) =>
        SessionId.TryParse(Http.Request.RouteValues.TryGetValue("sid", out var sid) ? sid as string : null, out id);

    /// <summary>Reads the id of the job in the path.</summary>
    /// <returns>False when there is none, or it is malformed; the answer is that of an unknown job.</returns>
    public bool TryGetJob(out JobId id) =>
        JobId.TryParse(Http.Request.RouteValues.TryGetValue("id", out var text) ? text as string : null, out id);

    /// <summary>The key of the calling service that the path names.</summary>
    /// <returns>False when it is not a SHA-256 value.</returns>
    public bool TryGetKey(out SessionKey key) =>
        SessionKey.TryParse(Service!.Id, Http.Request.RouteValues.TryGetValue("key", out var text) ? text as string : null, out key); // keys are for services
}

/// <summary>A user who calls with a genuine token.</summary>
/// <param name="token">The token.</param>
/// <param name="isByCookie">Whether it came in the cookie.</param>
internal sealed class CallingUser(SessionToken token, bool isByCookie)
{
    public SessionToken Token { get; } = token;

    public bool IsByCookie { get; } = isByCookie;

    /// <summary>Gets or sets the session of the token; not read for operations that only need a genuine token.</summary>
    public SessionReading Session { get; set; }
}

/// <summary>An authenticated service.</summary>
/// <param name="Id">Name that is stable over key rotations and unique across all credential types.</param>
/// <param name="Scopes">The granted scopes.</param>
internal sealed record Caller(string Id, Scopes Scopes)
{
    /// <summary>Gets the granted scopes, with those that they include.</summary>
    public Scopes Scopes { get; } = ScopeNames.WithIncluded(Scopes);

    /// <summary>Gets the kind of caller.</summary>
    public required CredentialHolder Kind { get; init; }

    /// <summary>Gets a name for people. It identifies nobody.</summary>
    public required string Name { get; init; }

    /// <summary>Returns the name of a caller without the kind of its credential. A name has no colon.</summary>
    public static string NameOf(string id) => id[(id.LastIndexOf(':') + 1)..];
}

/// <summary>Kind of an authenticated service.</summary>
internal enum CredentialHolder
{
    /// <summary>The holder of a service key.</summary>
    Key,

    /// <summary>An application of the Entra ID tenant.</summary>
    Application,

    /// <summary>A user of the Entra ID tenant: an operator.</summary>
    User,
}
