using System.Security.Cryptography;
using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Operations;

/// <summary>Creates the session of a key that has none.</summary>
/// <remarks>
/// Without a user, the key's row and the session share a partition and begin in one transaction. With a user, the key's row comes first, so
/// that there is never a session that its key does not find.
/// </remarks>
internal sealed class KeyedCreation(
    SessionCreation creation,
    NewSessionPolicy newSessions,
    SessionRevocation revocation,
    SessionTable table,
    KeyTable keys,
    UserRowsReader userRows,
    DueTable due,
    KeyHints hints,
    RevocationEpoch epoch,
    TimeProvider timeProvider,
    SessionPolicy policy)
{
    /// <summary>How far the instant that ends all keyed sessions of a client lies ahead of the call that sets it.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Creates the session of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="save">The session, within the policy.</param>
    /// <param name="row">The key's row as it was read; null when there is none.</param>
    /// <param name="former">The ended session that the row names; null when there is none.</param>
    /// <param name="isRepeated">Whether another write was faster the last time.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may exist afterwards.</param>
    /// <returns>Null when another write was faster.</returns>
    public async ValueTask<KeyedChange?> TryCreateAsync(
        SessionKey key, NewSession save, KeyRow? row, Session? former, bool isRepeated, CancellationToken cancellationToken)
    {
        var partition = save.UserId is { } userId ? SessionLocator.PartitionOf(userId) : key.Partition;
        var begun = Begin(key, save, new SessionLocator(partition, SessionLocator.NewId()), former);
        var body = NewSessionPolicy.BodyOf(save);
        var session = table.Seal(begun, body);
        var naming = KeyRow.Naming(key, session, timeProvider.GetSessionTime(), row);
        if (row is null)
        {
            await due.AddAsync(naming.PartitionKey, naming.RowKey, session.GoesAt, cancellationToken);
        }

        var created = save.UserId is null
            ? await TryInsertAsync(session, body, naming, isNew: row is null && !isRepeated, cancellationToken)
            : await TryInsertForUserAsync(key, session, body, naming, cancellationToken);
        switch (created)
        {
            case { Outcome: CreationOutcome.Created, Session.Live: { } live }:
                await hints.ShareAsync(key, session.Locator, cancellationToken);
                return new KeyedChange { Outcome = KeyedOutcome.Created, Session = live };
            case { Outcome: CreationOutcome.LimitReached }:
                return new KeyedChange { Outcome = KeyedOutcome.LimitReached, Limit = created.Limit };
            default:
                return null;
        }
    }

    /// <summary>Ends a session in the table that has lapsed: a touch that is on its way must not revive it beside the next one.</summary>
    /// <returns>The session as it has ended; null when it has changed since it was read.</returns>
    public async ValueTask<Session?> TryEndLapsedAsync(Session session, string reason, CancellationToken cancellationToken)
    {
        if (session.IsEnded)
        {
            // By another reason: it was ended since it was found to have lapsed.
            return session.EndReason == reason ? session : null;
        }

        // Read again since it was found to have lapsed: a touch may have been on its way.
        var revoked = await epoch.GetAsync(certain: false, cancellationToken);
        if (session.EndAt(timeProvider.GetUtcNow(), revoked)?.Reason != reason)
        {
            return null;
        }

        var head = await userRows.FindHeadAsync(session.Locator.Partition, cancellationToken);
        if (await revocation.TryEndAsync(session, head, new SessionEnd(reason), cancellationToken) is not { } ended)
        {
            return null;
        }

        // Another instance's clock may say that the session has not lapsed yet.
        await revocation.EntombAsync([ended], cancellationToken);
        return session.EndedWith(reason, ended.EndedAt);
    }

    /// <summary>Puts an ended session in the place of one that was reserved and never came, so that it cannot come late.</summary>
    /// <returns>The ended session; null when there is another after all.</returns>
    public async ValueTask<Session?> TryOccupyAsync(SessionKey key, KeyRow row, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetSessionTime();
        var wish = new NewSession { UserId = row.UserId, Client = row.Client };
        var begun = Begin(key, wish, row.Session, former: null) with { CreatedAt = row.CreatedAt };
        var ended = begun.EndedWith(EndReasons.Abandoned, now) with { Version = begun.Version };
        await due.AddAsync(ended.Locator.PartitionKey, ended.Locator.RowKey, now + policy.ForAll.Retention, cancellationToken);
        return (await table.CommitAsync([table.Insertion(ended)], ended.Locator, ended.Operation, ended.Version, cancellationToken)).IsWritten ? ended : null;
    }

    private Session Begin(SessionKey key, NewSession save, SessionLocator locator, Session? former)
    {
        // Nobody has the secret, so no token is this session's.
        var session = newSessions.Begin(save with { Client = key.Client }, locator, RandomNumberGenerator.GetBytes(SessionToken.SecretBytes));
        var instant = epoch.Known.LatestOf(SessionKey.NamespaceOf(key.Client));

        // Versions go on, so that an entity tag of a former session is none of this one.
        var version = (former?.Version ?? 0) + 1;
        return session with
        {
            Key = key.Digest,
            CreatedAt = session.CreatedAt < instant && instant - session.CreatedAt <= Tick ? instant : session.CreatedAt,
            Version = version,
            DataVersion = version,
        };
    }

    // A partition without a key's row has no head either, as a rule. Where it has, the insert fails and the next attempt reads the head.
    private async ValueTask<Creation?> TryInsertAsync(
        Session session, SessionBody body, KeyRow naming, bool isNew, CancellationToken cancellationToken)
    {
        var head = isNew ? null : await userRows.FindHeadAsync(session.Locator.Partition, cancellationToken);
        return await creation.TryInsertAsync(session, body, head, keys.Naming(naming), cancellationToken);
    }

    private async ValueTask<Creation?> TryInsertForUserAsync(
        SessionKey key, Session session, SessionBody body, KeyRow naming, CancellationToken cancellationToken)
    {
        if (await keys.TryReserveAsync(key, naming, cancellationToken) is not { } reserved)
        {
            return null;
        }

        var created = await creation.InsertAsync(session, body, isNewUser: false, EarlierInsert.Unlikely, cancellationToken);
        if (created.Outcome is CreationOutcome.LimitReached)
        {
            await keys.RemoveAsync(reserved, cancellationToken);
        }

        return created;
    }
}
