using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionFunctions.Client.Diagnostics;
using SessionFunctions.Client.Http;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.Client;

/// <summary>Client of the session API for back ends. Thread-safe; one instance serves an application.</summary>
/// <remarks>
/// Every method throws <see cref="SessionsUnavailableException"/> when nothing is known of the outcome, and <see cref="SessionsException"/> when
/// the API refuses the request. An absent session is a value: null.
/// </remarks>
public class SessionsClient
{
    private const int IdempotencyKeyDigits = 32;

    private readonly SessionsTransport? _transport;
    private readonly TokenIntrospections? _introspections;
    private readonly SessionWrites? _writes;
    private readonly KeyedSessionsClient? _keyed;
    private readonly SessionEventsClient? _events;

    /// <summary>Initializes a new instance of the <see cref="SessionsClient"/> class over an HTTP client of the caller, who answers for its time-out and retries.</summary>
    /// <param name="httpClient">Has the base address of the API, with its base path, and sends the credential with every request.</param>
    /// <param name="logger">Receives one line when the API refuses the credential; null for none.</param>
    public SessionsClient(HttpClient httpClient, ILogger<SessionsClient>? logger = null)
        : this(httpClient, new ClientMetrics(meters: null, TimeProvider.System), new CredentialLog(logger ?? NullLogger<SessionsClient>.Instance, TimeProvider.System), TimeProvider.System)
    {
    }

    internal SessionsClient(HttpClient httpClient, ClientMetrics metrics, CredentialLog log, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        _transport = new SessionsTransport(httpClient, metrics, log);
        _introspections = new TokenIntrospections(new SharedIntrospections(_transport, timeProvider), timeProvider);
        _writes = new SessionWrites(_transport);
        _keyed = new KeyedSessionsClient(_transport, _writes);
        _events = new SessionEventsClient(_transport);
    }

    /// <summary>Initializes a new instance of the <see cref="SessionsClient"/> class for mocking.</summary>
    protected SessionsClient()
    {
    }

    /// <summary>Gets the sessions under keys of this service.</summary>
    public virtual KeyedSessionsClient Keyed => _keyed ?? throw Unmocked();

    /// <summary>Gets the event log, and changes of one session.</summary>
    public virtual SessionEventsClient Events => _events ?? throw Unmocked();

    private SessionsTransport Transport => _transport ?? throw Unmocked();

    private SessionWrites Writes => _writes ?? throw Unmocked();

    /// <summary>Creates a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="idempotencyKey">Names this creation: the same key and session give the same session and token. Null draws one, so that a retried request makes one session.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may exist afterwards.</param>
    public virtual async Task<IssuedSession> CreateAsync(NewSession session, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = new ApiRequest("CreateSession", HttpMethod.Post, "v1/sessions")
        {
            IsRepeatable = true,
            IdempotencyKey = idempotencyKey ?? RandomNumberGenerator.GetHexString(IdempotencyKeyDigits, lowercase: true),
        };
        var answer = await Transport.SendAsync(request.With(session, WireJson.Wire.NewSession), cancellationToken).ConfigureAwait(false);
        return ReadIssued(answer);
    }

    /// <summary>Validates a token.</summary>
    /// <param name="token">The token as the user's request presented it. Malformed text is inactive.</param>
    /// <param name="options">How; null for the defaults, which count as activity of the user.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public virtual Task<Introspection> IntrospectAsync(string token, IntrospectionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return (_introspections ?? throw Unmocked()).IntrospectAsync(token, options, cancellationToken);
    }

    /// <summary>Tells why the session of a token ended.</summary>
    /// <param name="token">The token as the user's request presented it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when the session is live, or the token is not genuine, or the end is past the retention of the API.</returns>
    public virtual async Task<SessionEnd?> FindEndAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return null;
        }

        var request = new ApiRequest("GetOwnSession", HttpMethod.Get, "v1/session") { IsRepeatable = true, OwnToken = token, Expected = [ProblemTypes.Unauthenticated] };
        var answer = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.Problem is { Reason: { } reason } problem ? new SessionEnd(reason, problem.EndedAt) : null;
    }

    /// <summary>Reads a session. Reading is no activity. An ended one can be read until its retention is over.</summary>
    /// <returns>Null when there is none of that id.</returns>
    public virtual Task<Session?> GetAsync(string sid, ReadConsistency? consistency = null, CancellationToken cancellationToken = default) =>
        Writes.SessionAsync(new("GetSession", HttpMethod.Get, ApiPath.OfSession(sid) ?? "") { IsRepeatable = true, Consistency = consistency }, cancellationToken);

    /// <summary>Reports activity of the user, which renews the idle end.</summary>
    /// <param name="sid">The id of the session.</param>
    /// <param name="ipAddress">The address of the user; null when not known.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when there is no live session of that id.</returns>
    public virtual Task<Session?> TouchAsync(string sid, string? ipAddress = null, CancellationToken cancellationToken = default) =>
        Writes.TouchAsync("TouchSession", ApiPath.OfSession(sid, "/touch"), ipAddress, cancellationToken);

    /// <summary>Issues a new token and ends the old one: after every sign-in and every change of rights.</summary>
    /// <remarks>Not repeated when the answer is lost: rotate again then, or end the session.</remarks>
    /// <returns>Null when there is no live session of that id.</returns>
    public virtual async Task<IssuedSession?> RotateAsync(string sid, Rotation? rotation = null, CancellationToken cancellationToken = default)
    {
        if (ApiPath.OfSession(sid, "/rotate") is not { } path)
        {
            return null;
        }

        var request = new ApiRequest("RotateSession", HttpMethod.Post, path) { Expected = [ProblemTypes.SessionNotFound] };
        var answer = await Transport.SendAsync(request.With(rotation ?? new Rotation(), WireJson.Wire.Rotation), cancellationToken).ConfigureAwait(false);
        return answer.Problem is null ? ReadIssued(answer) : null;
    }

    /// <summary>Sets the ends of a session, within the policy. Zero or less ends it.</summary>
    /// <returns>The session; null when there is no live one, or none any more.</returns>
    public virtual async Task<Session?> SetExpiryAsync(string sid, SessionExpiry expiry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expiry);
        if (ApiPath.OfSession(sid, "/expiry") is not { } path)
        {
            return null;
        }

        var request = new ApiRequest("SetSessionExpiry", HttpMethod.Put, path) { IsRepeatable = true, Expected = [ProblemTypes.SessionNotFound] };
        var answer = await Transport.SendAsync(request.With(expiry, WireJson.Wire.SessionExpiry), cancellationToken).ConfigureAwait(false);
        return answer.Problem is null && answer.Status == SessionWrites.Ok ? answer.ReadSession() : null;
    }

    /// <summary>Ends a session for good. Idempotent.</summary>
    /// <param name="sid">The id of the session.</param>
    /// <param name="reason">Why, in kebab-case, at most 64 characters; null for <c>revoked</c>.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may have ended.</param>
    /// <returns>Null when there is no session of that id.</returns>
    public virtual Task<Revocation?> RevokeAsync(string sid, string? reason = null, CancellationToken cancellationToken = default) =>
        Writes.EndAsync("RevokeSession", ApiPath.OfSession(sid, ApiPath.Query(("reason", reason))), cancellationToken);

    /// <summary>Lists a user's sessions, newest first, without claims and data. Requests pages as they are read.</summary>
    public virtual async IAsyncEnumerable<Session> ListAsync(
        string userId, SessionListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        options ??= new SessionListOptions();
        var state = options.State switch
        {
            SessionState.Live => "live",
            SessionState.Ended => "ended",
            _ => "all",
        };
        var size = options.PageSize?.ToString(CultureInfo.InvariantCulture);
        string? continuation = null;
        do
        {
            var path = "v1/sessions" + ApiPath.Query(("userId", userId), ("state", state), ("pageSize", size), ("continuation", continuation));
            var request = new ApiRequest("ListUserSessions", HttpMethod.Get, path) { IsRepeatable = true, Consistency = options.Consistency };
            var answer = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var page = answer.Read(WireJson.Wire.WirePage);
            foreach (var session in page.Sessions ?? throw ApiAnswer.NotOurs(answer.Status, inner: null))
            {
                yield return session;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Counts a user's live sessions.</summary>
    public virtual async Task<long> CountAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        var request = new ApiRequest("ListUserSessions", HttpMethod.Get, "v1/sessions" + ApiPath.Query(("userId", userId), ("countOnly", "true"))) { IsRepeatable = true };
        var answer = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.Read(WireJson.Wire.WirePage).Count ?? throw ApiAnswer.NotOurs(answer.Status, inner: null);
    }

    /// <summary>Ends all sessions of a user: signs the user out everywhere.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="exceptSid">A session that stays; null for none.</param>
    /// <param name="reason">Why, in kebab-case, at most 64 characters; null for <c>revoked</c>.</param>
    /// <param name="cancellationToken">Cancels the wait; the sessions may have ended.</param>
    public virtual async Task<UserRevocation> RevokeAllAsync(
        string userId, string? exceptSid = null, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        var path = "v1/sessions" + ApiPath.Query(("userId", userId), ("except", exceptSid), ("reason", reason));
        var answer = await Transport.SendAsync(new ApiRequest("RevokeUserSessions", HttpMethod.Delete, path) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        var ended = answer.Read(WireJson.Wire.WireRevocation);
        return new UserRevocation { Ended = ended.Ended ?? throw ApiAnswer.NotOurs(answer.Status, inner: null), EffectiveBy = ended.EffectiveBy };
    }

    /// <summary>Reads the public keys of passports. They are few, and change a few times a year: keep them for minutes.</summary>
    public virtual async Task<IReadOnlyList<PassportKey>> GetPassportKeysAsync(CancellationToken cancellationToken = default)
    {
        var answer = await Transport.SendAsync(new ApiRequest("GetPassportKeys", HttpMethod.Get, "v1/passport-keys") { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.Read(WireJson.Wire.WirePassportKeys).Keys ?? throw ApiAnswer.NotOurs(answer.Status, inner: null);
    }

    /// <summary>Asks whether a session has ended, of which nothing but its sid is known. Linearizable, as an introspection is.</summary>
    /// <returns>True also when there never was a session of that id.</returns>
    public virtual async Task<bool> HasEndedAsync(string sid, CancellationToken cancellationToken = default)
    {
        if (ApiPath.OfEnding(sid) is not { } path)
        {
            return true;
        }

        var answer = await Transport.SendAsync(new ApiRequest("GetEnding", HttpMethod.Get, path) { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
        return answer.Read(WireJson.Wire.WireEnding) is { Ended: { } hasEnded } ending && ending.Sid == sid ? hasEnded : throw ApiAnswer.NotOurs(answer.Status, inner: null);
    }

    /// <summary>Reads the endings after a cursor.</summary>
    /// <returns>Null when the cursor is of no use any more.</returns>
    internal virtual async Task<EndingsPage?> ReadEndingsAsync(string? cursor, int waitSeconds, CancellationToken cancellationToken)
    {
        var request = new ApiRequest("ListEndings", HttpMethod.Get, "v1/endings" + ApiPath.Query(("after", cursor)))
        {
            Accept = EndingsPage.MediaType,
            WaitSeconds = waitSeconds,
            Expected = cursor is null ? [] : [ProblemTypes.CursorForeign, ProblemTypes.CursorExpired, ProblemTypes.Validation],
        };
        var answer = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.Problem is null ? EndingsPage.Parse(answer.Body) ?? throw ApiAnswer.NotOurs(answer.Status, inner: null) : null;
    }

    /// <summary>Reads the data of a live session.</summary>
    /// <returns>Null when there is no live session of that id.</returns>
    public virtual async Task<SessionContent?> GetDataAsync(string sid, ReadConsistency? consistency = null, CancellationToken cancellationToken = default)
    {
        if (ApiPath.OfSession(sid, "/data") is not { } path)
        {
            return null;
        }

        var request = new ApiRequest("GetSessionData", HttpMethod.Get, path) { IsRepeatable = true, Consistency = consistency, Expected = [ProblemTypes.SessionNotFound] };
        var answer = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.Problem is null ? answer.ReadContent() : null;
    }

    /// <summary>Replaces the data of a live session. Never creates or revives one.</summary>
    /// <param name="sid">The id of the session.</param>
    /// <param name="data">The data: at most 32 KiB of JSON.</param>
    /// <param name="ifMatch">The version that must be current; null to replace any.</param>
    /// <param name="cancellationToken">Cancels the wait; the data may be written.</param>
    public virtual Task<ContentWrite> ReplaceDataAsync(string sid, JsonObject data, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        Writes.WriteAsync("ReplaceSessionData", HttpMethod.Put, ApiPath.OfSession(sid, "/data"), data, ifMatch, cancellationToken);

    /// <summary>Merges into the data of a live session (RFC 7396): null removes a member. Without a condition, concurrent merges are all kept.</summary>
    /// <param name="sid">The id of the session.</param>
    /// <param name="patch">The merge patch.</param>
    /// <param name="ifMatch">The version that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the wait; the data may be written.</param>
    public virtual Task<ContentWrite> MergeDataAsync(string sid, JsonObject patch, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        Writes.WriteAsync("MergeSessionData", HttpMethod.Patch, ApiPath.OfSession(sid, "/data"), patch, ifMatch, cancellationToken);

    /// <summary>Replaces the claims of a live session. Claims and data share a version.</summary>
    /// <param name="sid">The id of the session.</param>
    /// <param name="claims">The claims: at most 4 KiB of JSON.</param>
    /// <param name="ifMatch">The version that must be current; null to replace any.</param>
    /// <param name="cancellationToken">Cancels the wait; the claims may be written.</param>
    public virtual Task<ContentWrite> ReplaceClaimsAsync(string sid, JsonObject claims, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        Writes.WriteAsync("ReplaceSessionClaims", HttpMethod.Put, ApiPath.OfSession(sid, "/claims"), claims, ifMatch, cancellationToken);

    private static IssuedSession ReadIssued(ApiAnswer answer)
    {
        var issued = answer.Read(WireJson.Wire.IssuedSession);
        return issued with { Session = issued.Session with { ETag = answer.ETag } };
    }

    private static InvalidOperationException Unmocked() => new("This instance was made for mocking, and the member is not mocked.");
}
