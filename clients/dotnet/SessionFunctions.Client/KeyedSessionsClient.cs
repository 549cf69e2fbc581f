using System.Text.Json.Nodes;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>Sessions that their client finds by a key of its own choice: what session stores of web frameworks need. Each service has its keys for itself.</summary>
/// <remarks>Errors are those of <see cref="SessionsClient"/>.</remarks>
public class KeyedSessionsClient
{
    private const int Created = 201;

    private readonly SessionsTransport? _transport;
    private readonly SessionWrites? _writes;

    internal KeyedSessionsClient(SessionsTransport transport, SessionWrites writes)
    {
        _transport = transport;
        _writes = writes;
    }

    /// <summary>Initializes a new instance of the <see cref="KeyedSessionsClient"/> class for mocking.</summary>
    protected KeyedSessionsClient()
    {
    }

    private SessionsTransport Transport => _transport ?? throw Unmocked();

    private SessionWrites Writes => _writes ?? throw Unmocked();

    /// <summary>Saves the session of a key: creates it, or replaces its data and what else is given. Counts as activity.</summary>
    /// <remarks>A session that was ended is not revived. One that only lapsed is created anew.</remarks>
    /// <param name="key">The key.</param>
    /// <param name="session">The whole session.</param>
    /// <param name="condition">When to save; null for always.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may be saved.</param>
    public virtual async Task<KeyedSave> SaveAsync(
        SessionKey key, KeyedSession session, SaveCondition? condition = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = new ApiRequest("SaveKeyedSession", HttpMethod.Put, ApiPath.OfKey(key))
        {
            // Repeated after itself, a save on a version would be told that it lost.
            IsRepeatable = condition is null || condition == SaveCondition.MustExist,
            IfMatch = condition?.IfMatch,
            IfNoneExists = condition is { IfMatch: null },
            Expected = [ProblemTypes.SessionEnded, ProblemTypes.VersionMismatch],
        };
        var answer = await Transport.SendAsync(request.With(session, WireJson.Wire.KeyedSession), cancellationToken).ConfigureAwait(false);
        if (answer.Is(ProblemTypes.SessionEnded))
        {
            return new KeyedSave { Outcome = KeyedSaveOutcome.Ended, EndReason = answer.Problem?.Reason, EndedAt = answer.Problem?.EndedAt };
        }

        if (answer.Problem is not null)
        {
            return new KeyedSave { Outcome = KeyedSaveOutcome.ConditionFailed, ETag = answer.ETag };
        }

        var saved = answer.ReadSession();
        return new KeyedSave { Outcome = answer.Status == Created ? KeyedSaveOutcome.Created : KeyedSaveOutcome.Saved, Session = saved, ETag = saved.ETag };
    }

    /// <summary>Reads the live session of a key. Reading is no activity.</summary>
    /// <returns>Null when the key has none.</returns>
    public virtual Task<Session?> GetAsync(SessionKey key, ReadConsistency? consistency = null, CancellationToken cancellationToken = default) =>
        Writes.SessionAsync(new("GetKeyedSession", HttpMethod.Get, ApiPath.OfKey(key)) { IsRepeatable = true, Consistency = consistency }, cancellationToken);

    /// <summary>Merges into the data of the live session of a key (RFC 7396): null removes a member. Without a condition, concurrent merges are all kept.</summary>
    /// <param name="key">The key.</param>
    /// <param name="patch">The merge patch.</param>
    /// <param name="ifMatch">The version that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the wait; the data may be written.</param>
    public virtual Task<ContentWrite> MergeAsync(SessionKey key, JsonObject patch, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        Writes.WriteAsync("MergeKeyedSession", HttpMethod.Patch, ApiPath.OfKey(key), patch, ifMatch, cancellationToken);

    /// <summary>Reports activity of the user, which renews the idle end.</summary>
    /// <param name="key">The key.</param>
    /// <param name="ipAddress">The address of the user; null when not known.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when the key has no live session.</returns>
    public virtual Task<Session?> TouchAsync(SessionKey key, string? ipAddress = null, CancellationToken cancellationToken = default) =>
        Writes.TouchAsync("TouchKeyedSession", ApiPath.OfKey(key, "/touch"), ipAddress, cancellationToken);

    /// <summary>Ends the session of a key for good. Idempotent, also for a key without a session.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reason">Why, in kebab-case, at most 64 characters; null for <c>revoked</c>.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may have ended.</param>
    public virtual async Task<Revocation> EndAsync(SessionKey key, string? reason = null, CancellationToken cancellationToken = default) =>
        await Writes.EndAsync("EndKeyedSession", ApiPath.OfKey(key, ApiPath.Query(("reason", reason))), cancellationToken).ConfigureAwait(false) ?? new Revocation();

    /// <summary>Ends every session under a key of this service. Sessions with tokens, and those of other services, stay.</summary>
    public virtual async Task<Revocation> EndAllAsync(CancellationToken cancellationToken = default) =>
        await Writes.EndAsync("EndKeyedSessions", "v1/keyed-sessions", cancellationToken).ConfigureAwait(false) ?? new Revocation();

    private static InvalidOperationException Unmocked() => new("This instance was made for mocking, and the member is not mocked.");
}
