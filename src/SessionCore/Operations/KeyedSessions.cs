using System.Text.Json;
using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Sessions that their client finds by a key of its own choice. Each is an ordinary session without a token.</summary>
/// <remarks>
/// The row of a key names its session and changes in one transaction with it, or before it: there is never a live session that its key does
/// not find. Every method throws <see cref="StoreUnavailableException"/> when it cannot tell; a write may then have been applied.
/// </remarks>
public sealed class KeyedSessions : IDisposable
{
    // Longer than any request that reserves a session's place may take to put the session there.
    internal static readonly TimeSpan ReservationTime = TimeSpan.FromSeconds(30);

    private readonly KeyedReader _reader;
    private readonly KeyedWriter _writer;
    private readonly KeyedCreation _creation;
    private readonly NewSessionPolicy _newSessions;
    private readonly SessionActivity _activity;
    private readonly SessionRevocation _revocation;
    private readonly SessionTable _table;
    private readonly KeyTable _keys;
    private readonly KeyHints _hints;
    private readonly RevocationEpoch _epoch;
    private readonly SessionCache _cache;
    private readonly TimeProvider _timeProvider;

    // Separate from the locks of users and sessions, which are taken while one of these is held.
    private readonly KeyedLock _locks = new();

    internal KeyedSessions(
        KeyedReader reader,
        KeyedWriter writer,
        KeyedCreation creation,
        NewSessionPolicy newSessions,
        SessionActivity activity,
        SessionRevocation revocation,
        SessionTable table,
        KeyTable keys,
        KeyHints hints,
        RevocationEpoch epoch,
        SessionCache cache,
        TimeProvider timeProvider)
    {
        _reader = reader;
        _writer = writer;
        _creation = creation;
        _newSessions = newSessions;
        _activity = activity;
        _revocation = revocation;
        _table = table;
        _keys = keys;
        _hints = hints;
        _epoch = epoch;
        _cache = cache;
        _timeProvider = timeProvider;
    }

    /// <summary>Finds the session of a key.</summary>
    public ValueTask<SessionReading> FindAsync(SessionKey key, ReadConsistency consistency, CancellationToken cancellationToken) =>
        _reader.FindAsync(key, consistency, cancellationToken);

    /// <summary>Records activity on the session of a key; coalesced, and never failing for the store's sake once the session is found.</summary>
    /// <param name="key">The key.</param>
    /// <param name="consistency">Whether the cache may answer.</param>
    /// <param name="ipAddress">Where the user is; null when not told.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<SessionReading> TouchAsync(
        SessionKey key, ReadConsistency consistency, string? ipAddress, CancellationToken cancellationToken)
    {
        for (var retry = Retry(); ; await retry.NextAsync(cancellationToken))
        {
            var reading = await _reader.FindAsync(key, consistency, cancellationToken);
            if (reading.Live is not null)
            {
                reading = await _activity.TouchAsync(reading, ipAddress, cancellationToken);
            }

            if (reading.Live is not null || reading.Ended?.Reason != EndReasons.Upgraded)
            {
                return reading;
            }
        }
    }

    /// <summary>Saves the session of a key: replaces its content, or creates it. Counts as activity.</summary>
    /// <remarks>A session that was ended before its time is not created anew for as long as it is known.</remarks>
    /// <param name="key">The key.</param>
    /// <param name="save">
    /// The content. Of a session that exists, what is not given stays; with a user id, an anonymous one becomes that user's.
    /// </param>
    /// <param name="condition">The condition on the version of the content; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may be saved.</param>
    public async Task<KeyedChange> SaveAsync(SessionKey key, NewSession save, VersionCondition? condition, CancellationToken cancellationToken)
    {
        if (_newSessions.FaultOf(save with { Client = key.Client }) is { } fault)
        {
            return new KeyedChange { Outcome = KeyedOutcome.OutsidePolicy, Fault = fault };
        }

        if (await FindHintAsync(key, cancellationToken) is { } hint
            && (await _writer.ReplaceAsync(key, hint, save, condition, cancellationToken)).Change is { } changed)
        {
            return changed;
        }

        using (await _locks.EnterAsync(key.Partition, cancellationToken))
        {
            return await SaveInTurnAsync(key, save, condition, cancellationToken);
        }
    }

    /// <summary>Merges into the data of the session of a key (RFC 7396); never creates one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="patch">A JSON object.</param>
    /// <param name="condition">The condition on the version of the content; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the data may be written.</param>
    public async Task<KeyedChange> MergeAsync(SessionKey key, JsonElement patch, VersionCondition? condition, CancellationToken cancellationToken)
    {
        if (await FindHintAsync(key, cancellationToken) is { } hint
            && (await _writer.MergeAsync(key, hint, patch, condition, cancellationToken)).Change is { } changed)
        {
            return changed;
        }

        for (var retry = Retry(); ; await retry.NextAsync(cancellationToken))
        {
            if (await _keys.FindAsync(key, cancellationToken) is not { } row)
            {
                return KeyedChange.Unknown;
            }

            var write = await _writer.MergeAsync(key, row.Session, patch, condition, cancellationToken);
            if (write.Change is not null)
            {
                await _hints.ShareAsync(key, row.Session, cancellationToken);
                return write.Change;
            }

            if (write.Ended?.Reason != EndReasons.Upgraded)
            {
                return KeyedChange.Unknown;
            }
        }
    }

    /// <summary>Ends the session of a key; repeating it is harmless.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reason">Why, in kebab-case, at most 64 characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may have ended.</param>
    public async Task<Revocation> RevokeAsync(SessionKey key, string reason, CancellationToken cancellationToken)
    {
        var row = await _keys.FindAsync(key, cancellationToken);
        for (var retry = Retry(); row is not null; await retry.NextAsync(cancellationToken))
        {
            var revocation = await _revocation.RevokeAsync(row.Session, reason, cancellationToken);

            // If it had moved to its user, its end is that of the move, and the key names another session now.
            var now = await _keys.FindAsync(key, cancellationToken);
            if (now is null || now.Session == row.Session)
            {
                return revocation;
            }

            row = now;
        }

        return new Revocation { Found = false };
    }

    /// <summary>Ends every keyed session of a client that was created until now.</summary>
    /// <returns>When no instance accepts such a session any more, at the latest.</returns>
    public async Task<DateTimeOffset> RevokeAllAsync(string client, CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetSessionTime();
        await _epoch.SetAsync(client, now + KeyedCreation.Tick, cancellationToken);
        return _timeProvider.GetUtcNow() + RevocationEpoch.Refresh + _cache.WorstDelay;
    }

    /// <inheritdoc/>
    public void Dispose() => _locks.Dispose();

    private async ValueTask<SessionLocator?> FindHintAsync(SessionKey key, CancellationToken cancellationToken) =>
        _hints.Find(key) ?? await _hints.LookUpAsync(key, cancellationToken);

    private ConflictRetry Retry() => new(_timeProvider, "The session of the key");

    private async ValueTask<KeyedChange> SaveInTurnAsync(
        SessionKey key, NewSession save, VersionCondition? condition, CancellationToken cancellationToken)
    {
        for (var retry = Retry(); ; await retry.NextAsync(cancellationToken))
        {
            var row = await _keys.FindAsync(key, cancellationToken);
            var result = row is null
                ? await CreateAsync(key, save, condition, row: null, former: null, retry, cancellationToken)
                : await SaveAtAsync(key, save, condition, row, retry, cancellationToken);
            if (result is not null)
            {
                return result;
            }
        }
    }

    // Null: another write was faster, or the session that the key names is on its way.
    private async ValueTask<KeyedChange?> SaveAtAsync(
        SessionKey key, NewSession save, VersionCondition? condition, KeyRow row, ConflictRetry retry, CancellationToken cancellationToken)
    {
        var write = await _writer.ReplaceAsync(key, row.Session, save, condition, cancellationToken);
        if (write.Change is { } change)
        {
            await _hints.ShareAsync(key, row.Session, cancellationToken);
            return change;
        }

        if (write.IsLive)
        {
            return await _writer.MoveAsync(key, row.Session, save, condition, cancellationToken);
        }

        if (write.Ended is not { } ended)
        {
            return await SaveAbsentAsync(key, save, condition, row, retry, cancellationToken);
        }

        if (ended.Reason == EndReasons.Upgraded)
        {
            return null;
        }

        if (ended.Reason is not (EndReasons.IdleTimeout or EndReasons.AbsoluteLifetime or EndReasons.Abandoned))
        {
            return new KeyedChange { Outcome = KeyedOutcome.Ended, End = (ended.Reason, ended.EndedAt) };
        }

        return await _table.FindAsync(row.Session, cancellationToken) is { } lapsed
            && await _creation.TryEndLapsedAsync(lapsed, ended.Reason, cancellationToken) is { } former
                ? await CreateAsync(key, save, condition, row, former, retry, cancellationToken)
                : null;
    }

    private async ValueTask<KeyedChange?> CreateAsync(
        SessionKey key, NewSession save, VersionCondition? condition, KeyRow? row, Session? former, ConflictRetry retry, CancellationToken cancellationToken) =>
        condition?.IsMetByNone == false
            ? new KeyedChange { Outcome = KeyedOutcome.VersionMismatch }
            : await _creation.TryCreateAsync(key, save, row, former, isRepeated: retry.Attempt > 1, cancellationToken);

    // The session fell to an instant and its row is gone; or it is on its way; or it will never come.
    private async ValueTask<KeyedChange?> SaveAbsentAsync(
        SessionKey key, NewSession save, VersionCondition? condition, KeyRow row, ConflictRetry retry, CancellationToken cancellationToken)
    {
        var revoked = await _epoch.GetAsync(certain: false, cancellationToken);
        if (revoked.EndOf(row.CreatedAt, row.Namespace) is { } end)
        {
            return new KeyedChange { Outcome = KeyedOutcome.Ended, End = end };
        }

        return _timeProvider.GetUtcNow() - row.ReservedAt >= ReservationTime
            && await _creation.TryOccupyAsync(key, row, cancellationToken) is { } former
                ? await CreateAsync(key, save, condition, row, former, retry, cancellationToken)
                : null;
    }
}
