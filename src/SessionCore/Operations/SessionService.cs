using System.Text.Json;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Entry point of the core: all operations on sessions, each implemented by a class of its own.</summary>
/// <remarks>
/// Every method throws <see cref="StoreUnavailableException"/> when the result is uncertain; a write may then have been applied. A
/// negative answer is always certain.
/// </remarks>
public sealed class SessionService
{
    private readonly SessionCreation _creation;
    private readonly SessionReader _reader;
    private readonly SessionValidation _validation;
    private readonly SessionActivity _activity;
    private readonly SessionDataWriter _data;
    private readonly SessionExpiry _expiry;
    private readonly SessionRotation _rotation;
    private readonly SessionRevocation _revocation;
    private readonly UserSessions _users;
    private readonly RevocationEpoch _epoch;
    private readonly DeploymentKeys _keys;
    private readonly Caching.SessionCache _cache;
    private readonly TimeProvider _timeProvider;

    internal SessionService(
        SessionCreation creation,
        SessionReader reader,
        SessionValidation validation,
        SessionActivity activity,
        SessionDataWriter data,
        SessionExpiry expiry,
        SessionRotation rotation,
        SessionRevocation revocation,
        UserSessions users,
        KeyedSessions keyed,
        RevocationEpoch epoch,
        DeploymentKeys keys,
        Caching.SessionCache cache,
        TimeProvider timeProvider)
    {
        _creation = creation;
        _reader = reader;
        _validation = validation;
        _activity = activity;
        _data = data;
        _expiry = expiry;
        _rotation = rotation;
        _revocation = revocation;
        _users = users;
        Keyed = keyed;
        _epoch = epoch;
        _keys = keys;
        _cache = cache;
        _timeProvider = timeProvider;
    }

    /// <summary>Gets the operations on sessions that are found by a key.</summary>
    public KeyedSessions Keyed { get; }

    /// <summary>Creates a session; never overwrites one.</summary>
    /// <param name="session">The requested session.</param>
    /// <param name="key">The idempotency key: the same request, repeated, gives the same session and token. Null for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may exist afterwards.</param>
    public Task<Creation> CreateAsync(NewSession session, IdempotencyKey? key, CancellationToken cancellationToken) =>
        _creation.CreateAsync(session, key, cancellationToken);

    /// <summary>Lets the validations that this thread begins share a command to the cache, by holding their reads until the result is disposed of.</summary>
    /// <returns>Disposed of on the same thread, before a validation is awaited; null where nothing is shared.</returns>
    public IDisposable? Gather() => _cache.Gather();

    /// <summary>Validates a token. Only the holder of the right secret learns whether the session is live or ended.</summary>
    public ValueTask<SessionReading> ValidateAsync(SessionToken token, ReadConsistency consistency, CancellationToken cancellationToken) =>
        _validation.ValidateAsync(token, consistency, cancellationToken);

    /// <summary>Whether this process accepted the token at its last validation. Says nothing about the current state.</summary>
    public bool WasAccepted(SessionToken token) => _validation.WasAccepted(token);

    /// <summary>
    /// Whether a token cannot be judged by this instance, because the deployment has its key and this instance lacks it. Other keys
    /// outside the ring are forged or removed.
    /// </summary>
    /// <param name="verdict">The verdict on the token.</param>
    /// <param name="token">The token that was read with this verdict.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<bool> IsUndecidedAsync(TokenVerdict verdict, SessionToken token, CancellationToken cancellationToken) =>
        verdict is TokenVerdict.KeyUnknown ? _keys.IsDeployedAsync(token.UnknownKey, cancellationToken) : ValueTask.FromResult(false);

    /// <summary>Finds a session by its id.</summary>
    public ValueTask<SessionReading> FindAsync(SessionId id, ReadConsistency consistency, CancellationToken cancellationToken) =>
        _reader.ReadAsync(id.Locator, consistency, cancellationToken);

    /// <summary>Records activity on a session that was just read as live. Coalesced; never throws for an unavailable store.</summary>
    /// <param name="reading">The result of the read; live.</param>
    /// <param name="ipAddress">The user's address; null when unknown.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<SessionReading> TouchAsync(SessionReading reading, string? ipAddress, CancellationToken cancellationToken) =>
        _activity.TouchAsync(reading, ipAddress, cancellationToken);

    /// <summary>Replaces the data of a live session.</summary>
    /// <param name="id">The session.</param>
    /// <param name="dataJson">A minified UTF-8 JSON object.</param>
    /// <param name="ifVersion">The condition on the version of the content; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the data may be written.</param>
    public Task<Change> ReplaceDataAsync(SessionId id, ReadOnlyMemory<byte> dataJson, VersionCondition? ifVersion, CancellationToken cancellationToken) =>
        _data.ReplaceAsync(id, dataJson, ifVersion, cancellationToken);

    /// <summary>
    /// Merges into the data of a live session (RFC 7396). Without a condition the merge is repeated after a conflict.
    /// </summary>
    /// <param name="id">The session.</param>
    /// <param name="patch">A JSON object.</param>
    /// <param name="ifVersion">The condition on the version of the content; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the data may be written.</param>
    public Task<Change> MergeDataAsync(SessionId id, JsonElement patch, VersionCondition? ifVersion, CancellationToken cancellationToken) =>
        _data.MergeAsync(id, patch, ifVersion, cancellationToken);

    /// <summary>Replaces the claims of a live session.</summary>
    /// <param name="id">The session.</param>
    /// <param name="claimsJson">A minified UTF-8 JSON object of at most <see cref="NewSession.MaxClaimsBytes"/>.</param>
    /// <param name="ifVersion">The condition on the version of the content; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the claims may be written.</param>
    public Task<Change> ReplaceClaimsAsync(
        SessionId id, ReadOnlyMemory<byte> claimsJson, VersionCondition? ifVersion, CancellationToken cancellationToken) =>
        _data.ReplaceClaimsAsync(id, claimsJson, ifVersion, cancellationToken);

    /// <summary>Sets the expiry of a live session; zero or less ends it.</summary>
    public Task<Change> SetExpiryAsync(SessionId id, TimeSpan? expiresIn, TimeSpan? idleTimeout, CancellationToken cancellationToken) =>
        _expiry.SetAsync(id, expiresIn, idleTimeout, cancellationToken);

    /// <summary>Issues a new token for a service; the old one ends at once.</summary>
    public Task<Rotation> RotateAsync(SessionId id, RotationRequest request, CancellationToken cancellationToken) =>
        _rotation.RotateAsync(id, request, cancellationToken);

    /// <summary>Issues a new token for the user; the old one has a grace.</summary>
    public Task<Rotation> RotateOwnAsync(SessionToken token, CancellationToken cancellationToken) =>
        _rotation.RotateOwnAsync(token, cancellationToken);

    /// <summary>Ends a session. Idempotent.</summary>
    /// <param name="id">The session.</param>
    /// <param name="reason">The reason in kebab-case, at most 64 characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may have ended.</param>
    public Task<Revocation> RevokeAsync(SessionId id, string reason, CancellationToken cancellationToken) =>
        _revocation.RevokeAsync(id.Locator, reason, cancellationToken);

    /// <summary>Ends the session of a token that was read as live or ended. Idempotent.</summary>
    public Task<Revocation> RevokeOwnAsync(SessionToken token, string reason, CancellationToken cancellationToken) =>
        _validation.RevokeOwnAsync(token, reason, cancellationToken);

    /// <summary>Ends all sessions of a user, or all but one.</summary>
    /// <param name="partition">The user: <see cref="SessionLocator.PartitionOf"/>.</param>
    /// <param name="except">The session to keep; null for none.</param>
    /// <param name="reason">The reason in kebab-case, at most 64 characters.</param>
    /// <param name="dryRun">Whether only to return the sessions that would end.</param>
    /// <param name="cancellationToken">Cancels the wait; the sessions may have ended, all or none.</param>
    public Task<Revocation> RevokeAllAsync(UInt128 partition, SessionId? except, string reason, bool dryRun, CancellationToken cancellationToken) =>
        _revocation.RevokeAllAsync(partition, except, reason, dryRun, cancellationToken);

    /// <summary>Lists a user's sessions, newest first.</summary>
    /// <param name="partition">The user: <see cref="SessionLocator.PartitionOf"/>.</param>
    /// <param name="state">The filter.</param>
    /// <param name="pageSize">The maximum number of sessions on the page; 1 to 100.</param>
    /// <param name="continuation">The continuation token of the previous page; null for the first page.</param>
    /// <param name="consistency">Whether the revoke-before instant must be current. Rows always come from the table.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<SessionPage> ListAsync(
        UInt128 partition, SessionListState state, int pageSize, string? continuation, ReadConsistency consistency, CancellationToken cancellationToken) =>
        _users.ListAsync(partition, state, pageSize, continuation, consistency, cancellationToken);

    /// <summary>Counts a user's live sessions.</summary>
    public Task<SessionCount> CountAsync(UInt128 partition, ReadConsistency consistency, CancellationToken cancellationToken) =>
        _users.CountAsync(partition, consistency, cancellationToken);

    /// <summary>Ends every session created before an instant, which only moves forward.</summary>
    /// <returns>The instant by which no instance accepts such a session.</returns>
    public async Task<DateTimeOffset> RevokeBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        await _epoch.SetAsync(instant, cancellationToken);
        return _timeProvider.GetUtcNow() + RevocationEpoch.Refresh + _cache.WorstDelay;
    }

    /// <summary>Returns whether the table answers.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _epoch.GetAsync(certain: true, cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
