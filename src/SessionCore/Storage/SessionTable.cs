using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SessionCore.Pooling;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Access to session rows, and transactions within a user's partition.</summary>
internal sealed partial class SessionTable(
    SessionTables tables,
    GenuineRows rows,
    RowTags tags,
    DeploymentKeys deployment,
    BodyProtector protector,
    LiveDelta live,
    SessionMetrics metrics,
    RepeatedEvents repeated,
    ILogger<SessionTable> logger)
{
    private const int NotGenuineEvent = 1301;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Reads a session's row by its keys.</summary>
    /// <returns>The session, or null when it does not exist or its row is not genuine.</returns>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<Session?> FindAsync(SessionLocator locator, CancellationToken cancellationToken)
    {
        var row = await _sessions.FindAsync(locator.PartitionKey, locator.RowKey, cancellationToken);
        return row is null ? null : await rows.ReadSessionAsync(row, cancellationToken);
    }

    /// <summary>Reads a session's row by its keys, for callers that must distinguish a row that is not genuine from none.</summary>
    /// <exception cref="StoreUnavailableException">The row is not genuine.</exception>
    public async ValueTask<Session?> FindCertainlyAsync(SessionLocator locator, CancellationToken cancellationToken)
    {
        var row = await _sessions.FindAsync(locator.PartitionKey, locator.RowKey, cancellationToken);
        return row is null
            ? null
            : await rows.ReadSessionAsync(row, cancellationToken) ?? throw new StoreUnavailableException("The session's row does not verify.");
    }

    /// <summary>Decrypts a session's body.</summary>
    /// <returns>Null when the row is not genuine.</returns>
    /// <exception cref="StoreUnavailableException">It is encrypted under a key that this instance does not have yet.</exception>
    public SessionBody? Open(Session session)
    {
        switch (protector.TryOpen(session, out var body))
        {
            case Opening.Opened:
                return body;
            case Opening.KeyUnknown:
                throw new StoreUnavailableException("The row is encrypted under a newer key that this instance does not have. Add the key to Keys:Ring of every instance.");
            default:
                metrics.SecurityEvent("row-not-genuine");
                if (repeated.ShouldLog(NotGenuineEvent, out var count))
                {
                    LogNotGenuine(logger, count);
                }

                return null;
        }
    }

    /// <summary>Returns the new state with its encrypted body.</summary>
    public Session Seal(Session session, SessionBody body)
    {
        var sealedBody = protector.Seal(session, body);
        var stamped = session with { SealedBody = sealedBody, BodyStamp = BodyProtector.StampOf(sealedBody) };
        return stamped with { Facts = SessionFacts.DigestOf(stamped) };
    }

    /// <summary>Returns the write that inserts a session's row.</summary>
    public TableWrite Insertion(Session session) => TableWrite.Insert(SessionRow.ToRow(session, tags));

    /// <summary>Returns the write that changes a session from the state as read.</summary>
    public TableWrite Changing(Session before, Session after) => TableWrite.Merge(SessionRow.ToChange(before, after, tags), before.ETag!);

    /// <summary>Returns the write that ends a session in the state as read.</summary>
    public TableWrite Ending(Session before, Session ended) => TableWrite.Merge(SessionRow.ToEnd(ended, tags), before.ETag!);

    /// <summary>Returns the write that records activity on a session in its known state.</summary>
    public TableWrite Touching(LiveSession session, string operation, DateTimeOffset seen, DateTimeOffset idleEnd) =>
        TableWrite.Merge(SessionRow.ToActivity(session, session.Version + 1, operation, seen, idleEnd, tags), session.ETag);

    /// <summary>Returns the write of a user's head.</summary>
    public TableWrite Naming(UserHead head) => head.ToWrite(tags);

    /// <summary>Applies writes of one partition in a transaction, after the keys of this instance have been announced.</summary>
    public async ValueTask<TableWriteResult> WriteAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        await deployment.AnnounceAsync(cancellationToken);
        return writes.Count == 1
            ? await _sessions.WriteAsync(writes[0], cancellationToken)
            : await _sessions.WriteAllAsync(writes, cancellationToken);
    }

    /// <summary>Commits writes in one transaction, and finds out whether they were applied if the answer is lost.</summary>
    /// <param name="writes">Writes of one partition.</param>
    /// <param name="anchor">A session among them, whose row has the operation id.</param>
    /// <param name="operation">The operation id in that row.</param>
    /// <param name="version">The version in that row.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the writes were applied; if not, another write was faster and none was.</returns>
    /// <exception cref="StoreUnavailableException">Unknown: the writes may have been applied, or may be applied later.</exception>
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
            var late = Counted(writes, await FindOwnAsync(anchor, operation, version, cancellationToken));
            if (late.IsWritten)
            {
                return late;
            }

            throw;
        }

        if (result.IsWritten)
        {
            return Counted(writes, new SessionCommit(IsWritten: true, ETagOf(writes, result, anchor)));
        }

        metrics.Conflict();
        return result.Uncertain ? Counted(writes, await FindOwnAsync(anchor, operation, version, cancellationToken)) : default;
    }

    private SessionCommit Counted(IReadOnlyList<TableWrite> writes, SessionCommit commit)
    {
        for (var i = 0; commit.IsWritten && i < writes.Count; i++)
        {
            live.Add(SessionRow.LiveChangeOf(writes[i]));
        }

        return commit;
    }

    // The answer to an applied write can be lost. The operation id in the row shows whose write it was, unless another write followed:
    // that one may have been applied on top of this write, or instead of it.
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
            : throw new StoreUnavailableException("The answer to a write was lost, and the session has been written again since. Read the session, or try again.");
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

    [LoggerMessage(NotGenuineEvent, LogLevel.Error, "A row of the sessions table does not verify: something else than this service wrote its content, or its key is gone from Keys:Ring; {Count} times since the last such line")]
    private static partial void LogNotGenuine(ILogger logger, long count);
}

/// <summary>Result of a conditional write of a session.</summary>
/// <param name="IsWritten">Whether the write was applied.</param>
/// <param name="ETag">The new entity tag of the session's row.</param>
internal readonly record struct SessionCommit(bool IsWritten, string? ETag);
