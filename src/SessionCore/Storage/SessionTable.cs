using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SessionCore.Pooling;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Reads and writes single session rows, and commits the writes of one user's partition.</summary>
internal sealed partial class SessionTable(
    SessionTables tables,
    GenuineRows rows,
    RowTags tags,
    DeploymentKeys deployment,
    BodyProtector protector,
    SessionMetrics metrics,
    ILogger<SessionTable> logger)
{
    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Reads a session's row by its keys.</summary>
    /// <returns>The session, or null when there is none, or its row is not genuine.</returns>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<Session?> FindAsync(SessionLocator locator, CancellationToken cancellationToken)
    {
        var row = await _sessions.FindAsync(locator.PartitionKey, locator.RowKey, cancellationToken);
        return row is null ? null : await rows.ReadSessionAsync(row, cancellationToken);
    }

    /// <summary>Reads a session's row by its keys, for a caller to whom a row that is not genuine is not the same as none.</summary>
    /// <exception cref="StoreUnavailableException">There is a row, and it is not genuine.</exception>
    public async ValueTask<Session?> FindCertainlyAsync(SessionLocator locator, CancellationToken cancellationToken)
    {
        var row = await _sessions.FindAsync(locator.PartitionKey, locator.RowKey, cancellationToken);
        return row is null
            ? null
            : await rows.ReadSessionAsync(row, cancellationToken) ?? throw new StoreUnavailableException("The session's row does not verify.");
    }

    /// <summary>Opens a session's body.</summary>
    /// <returns>Null when the row was not written by this service as it stands: it counts for nothing.</returns>
    /// <exception cref="StoreUnavailableException">It is sealed under a key that this instance does not know yet.</exception>
    public SessionBody? Open(Session session)
    {
        switch (protector.TryOpen(session, out var body))
        {
            case Opening.Opened:
                return body;
            case Opening.KeyUnknown:
                throw new StoreUnavailableException("The row is sealed under a newer key than this instance has. Add the key to Keys:Ring here too.");
            default:
                metrics.SecurityEvent("row-not-genuine");
                LogNotGenuine(logger);
                return null;
        }
    }

    /// <summary>Seals a body for a session's state as it will be written.</summary>
    public Session Seal(Session session, SessionBody body)
    {
        var sealedBody = protector.Seal(session, body);
        var stamped = session with { SealedBody = sealedBody, BodyStamp = BodyProtector.StampOf(sealedBody) };
        return stamped with { Facts = SessionFacts.DigestOf(stamped) };
    }

    /// <summary>The write that adds a session's row.</summary>
    public TableWrite Insertion(Session session) => TableWrite.Insert(SessionRow.ToRow(session, tags));

    /// <summary>The write that brings a session from the state that was read to another.</summary>
    public TableWrite Changing(Session before, Session after) => TableWrite.Merge(SessionRow.ToChange(before, after, tags), before.ETag!);

    /// <summary>The write that ends a session in the state that was read.</summary>
    public TableWrite Ending(Session before, Session ended) => TableWrite.Merge(SessionRow.ToEnd(ended, tags), before.ETag!);

    /// <summary>The write that records activity on a session, in the state that is known of it.</summary>
    public TableWrite Touching(LiveSession session, string operation, DateTimeOffset seen, DateTimeOffset idleEnd) =>
        TableWrite.Merge(SessionRow.ToActivity(session, session.Version + 1, operation, seen, idleEnd, tags), session.ETag);

    /// <summary>The write that makes a user's head say this.</summary>
    public TableWrite Naming(UserHead head) => head.ToWrite(tags);

    /// <summary>Applies writes of one partition, all or none, after the keys they are protected under are known to all instances.</summary>
    public async ValueTask<TableWriteResult> WriteAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        await deployment.AnnounceAsync(cancellationToken);
        return writes.Count == 1
            ? await _sessions.WriteAsync(writes[0], cancellationToken)
            : await _sessions.WriteAllAsync(writes, cancellationToken);
    }

    /// <summary>Commits writes in one transaction, and finds out whether they were applied when the answer was lost.</summary>
    /// <param name="writes">All of one partition.</param>
    /// <param name="anchor">A session among them, whose row tells by its operation id whose write it was.</param>
    /// <param name="operation">The operation id that is written there.</param>
    /// <param name="version">The version that is written there.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether they were applied; if not, another write was faster and nothing was.</returns>
    /// <exception cref="StoreUnavailableException">Not known: the writes may have been applied, or may still be.</exception>
    public async ValueTask<SessionCommit> CommitAsync(
        IReadOnlyList<TableWrite> writes, SessionLocator anchor, string operation, long version, CancellationToken cancellationToken)
    {
        TableWriteResult result;
        try
        {
            result = await WriteAsync(writes, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            var late = await FindOwnAsync(anchor, operation, version, cancellationToken);
            if (late.IsWritten)
            {
                return late;
            }

            throw;
        }

        if (result.IsWritten)
        {
            return new SessionCommit(IsWritten: true, ETagOf(writes, result, anchor));
        }

        metrics.Conflict();
        return result.Uncertain ? await FindOwnAsync(anchor, operation, version, cancellationToken) : default;
    }

    // A store's answer can be lost after it has applied a write. The operation id in the row tells whose write it was, unless
    // there was a next one already: then it may have been made on top of this write, or in its place.
    private async ValueTask<SessionCommit> FindOwnAsync(
        SessionLocator anchor, string operation, long version, CancellationToken cancellationToken)
    {
        var found = await FindAsync(anchor, cancellationToken);
        if (found is not null && found.Operation == operation)
        {
            return new SessionCommit(IsWritten: true, found.ETag);
        }

        return found is null || found.Version <= version
            ? default
            : throw new StoreUnavailableException("The store's answer was lost, and the session has been written again since. Look at it, or try again.");
    }

    private static string? ETagOf(IReadOnlyList<TableWrite> writes, TableWriteResult result, SessionLocator anchor)
    {
        if (writes.Count == 1)
        {
            return result.ETag;
        }

        var rowKey = anchor.RowKey;
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes[i].Row.RowKey == rowKey)
            {
                return result.ETags?[i];
            }
        }

        return null;
    }

    [LoggerMessage(1301, LogLevel.Error, "A row of the sessions table does not verify: something else than this service wrote its content, or its key is gone from Keys:Ring")]
    private static partial void LogNotGenuine(ILogger logger);
}

/// <summary>Result of a conditional write of a session.</summary>
/// <param name="IsWritten">Whether it was applied.</param>
/// <param name="ETag">The entity tag of the session's row then.</param>
internal readonly record struct SessionCommit(bool IsWritten, string? ETag);
