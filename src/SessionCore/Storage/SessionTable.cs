using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SessionCore.Pooling;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Reads and writes the rows of sessions and users.</summary>
internal sealed partial class SessionTable(
    SessionTables tables,
    GenuineRows rows,
    RowTags tags,
    DeploymentKeys deployment,
    BodyProtector protector,
    TimeProvider timeProvider,
    SessionMetrics metrics,
    ILogger<SessionTable> logger)
{
    // Session rows of a partition: from the first, and up to the second.
    private const string FirstSession = "s_";
    private const string AfterSessions = "s`";

    private const int ReadsAtOnce = 8;

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

    /// <summary>Reads a user's head. One that is not genuine is replaced by what the rows say, with the next change of them.</summary>
    public async ValueTask<UserHead?> FindHeadAsync(UInt128 partition, CancellationToken cancellationToken)
    {
        var row = await _sessions.FindAsync(SessionLocator.Hex(partition), UserHead.RowKeyOf(partition), cancellationToken);
        return row is null ? null : await ReadHeadAsync(partition, row, cancellationToken);
    }

    private async ValueTask<UserHead> ReadHeadAsync(UInt128 partition, TableRow row, CancellationToken cancellationToken)
    {
        if (await rows.ReadHeadAsync(partition, row, cancellationToken) is { } head)
        {
            return head;
        }

        // Read after the head: who changes the set of live rows from here on changes the head, and its entity tag with it.
        var live = await ScanLiveAsync(partition, cancellationToken);
        return UserHead.Rebuilt(partition, row.ETag!, live, timeProvider.GetUtcNow()); // as read, so it has a tag
    }

    /// <summary>Reads all live session rows of a user by a scan, whatever the head says. Its cost follows the ended rows.</summary>
    public async ValueTask<IReadOnlyList<Session>> ScanLiveAsync(UInt128 partition, CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            PartitionKey = SessionLocator.Hex(partition),
            RowFrom = FirstSession,
            RowTo = AfterSessions,
            WhereName = SessionRow.State,
            WhereValue = SessionRow.Live,
            Select = SessionRow.Outline,
        };
        var live = new List<Session>();
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            foreach (var row in page.Rows)
            {
                if (await rows.ReadSessionAsync(row, cancellationToken) is { } session)
                {
                    live.Add(session);
                }
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return live;
    }

    /// <summary>Reads a user's head and live session rows, lapsed ones included.</summary>
    /// <remarks>
    /// One query answers as a rule. Where it is not complete after one page, because the server met its limit of rows that have ended, the
    /// rest is read by the ids that the head names: calls and rows follow the live sessions, whatever has ended.
    /// </remarks>
    /// <param name="partition">The user.</param>
    /// <param name="withContent">Whether the sessions' bodies are read as well; without, the sessions can be counted and ended.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<UserRows> ReadLiveAsync(UInt128 partition, bool withContent, CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            PartitionKey = SessionLocator.Hex(partition),
            RowFrom = FirstSession,
            WhereName = SessionRow.State,
            WhereValue = SessionRow.Live,
            Select = withContent ? null : UserRows.Outline,
        };
        var page = await _sessions.QueryAsync(query, cancellationToken);
        var found = await SortAsync(partition, page.Rows, cancellationToken);
        if (page.Continuation is null)
        {
            return await SetApartAsync(found, cancellationToken);
        }

        // The head comes before the rows: a session that begins or ends from here on changes the head.
        var head = await FindHeadAsync(partition, cancellationToken);
        var missing = head is null ? [] : head.Live.Except(found.Sessions.Select(session => session.Locator.Id)).ToArray();
        var others = await FindAllAsync(partition, missing, cancellationToken);
        return await SetApartAsync(
            found with { Head = head, Sessions = [.. found.Sessions, .. others.Where(session => !session.IsEnded)] }, cancellationToken);
    }

    /// <summary>Reads sessions of a user by their ids, several at a time.</summary>
    /// <returns>Those that have a row.</returns>
    public async ValueTask<IReadOnlyList<Session>> FindAllAsync(UInt128 partition, IReadOnlyCollection<UInt128> ids, CancellationToken cancellationToken)
    {
        var found = new List<Session>(ids.Count);
        foreach (var some in ids.Chunk(ReadsAtOnce))
        {
            var read = await Task.WhenAll(some.Select(id => FindAsync(new SessionLocator(partition, id), cancellationToken).AsTask()));
            found.AddRange(read.OfType<Session>());
        }

        return found;
    }

    /// <summary>Reads one page of a user's session rows, live and ended, in the order of their row keys.</summary>
    /// <param name="partition">The user.</param>
    /// <param name="after">The last row key of the page before; null for the first page.</param>
    /// <param name="pageSize">The most rows.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The sessions, and the row key after which the next page begins; null after the last page.</returns>
    public async ValueTask<(IReadOnlyList<Session> Sessions, string? Last)> ReadPageAsync(
        UInt128 partition, string? after, int pageSize, CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            PartitionKey = SessionLocator.Hex(partition),

            // A blank is the first character that a key may go on with.
            RowFrom = string.CompareOrdinal(after, FirstSession) > 0 ? after + " " : FirstSession,
            RowTo = AfterSessions,
            PageSize = pageSize,
        };

        // A page may be empty and not the last. What is left out by the server's own limits is asked for with its continuation.
        while (true)
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            if (page.Continuation is null || page.Rows.Count > 0)
            {
                return ((await SortAsync(partition, page.Rows, cancellationToken)).Sessions, page.Continuation is null ? null : page.Rows[^1].RowKey);
            }

            query = query with { Continuation = page.Continuation };
        }
    }

    // Every session that begins is named by the head in the same transaction, and none that has ended is. So a live row that the head
    // does not name has ended: a moment ago, or long ago and something else than this service has put an old row back.
    private async ValueTask<UserRows> SetApartAsync(UserRows found, CancellationToken cancellationToken)
    {
        if (found.Head is not { } head || head.NamesAll(found.Sessions))
        {
            return found;
        }

        var apart = found.Sessions.ToLookup(session => head.Live.Contains(session.Locator.Id));
        Session[] unnamed = [.. apart[false]];
        await ReportRevivedAsync(head.Partition, unnamed, cancellationToken);
        return found with { Sessions = [.. apart[true]], Unnamed = unnamed };
    }

    // A row that was the same before and after the head was read has been live when the head did not name it.
    private async ValueTask ReportRevivedAsync(UInt128 partition, Session[] unnamed, CancellationToken cancellationToken)
    {
        var head = await FindHeadAsync(partition, cancellationToken);
        UInt128[] suspects = [.. unnamed.Take(ReadsAtOnce).Select(session => session.Locator.Id).Where(id => head?.Live.Contains(id) == false)];
        var again = await FindAllAsync(partition, suspects, cancellationToken);
        var revived = again.Count(session => Array.Exists(unnamed, before => before.Locator == session.Locator && before.ETag == session.ETag));
        if (revived > 0)
        {
            ReportRevived(revived);
        }
    }

    /// <summary>Reports live rows that the head contradicts.</summary>
    public void ReportRevived(int count)
    {
        metrics.SecurityEvent("row-revived");
        LogRevived(logger, count);
    }

    private async ValueTask<UserRows> SortAsync(UInt128 partition, IReadOnlyList<TableRow> page, CancellationToken cancellationToken)
    {
        UserHead? head = null;
        var sessions = new List<Session>(page.Count);
        foreach (var row in page)
        {
            if (row.RowKey == UserHead.RowKeyOf(partition))
            {
                head = await ReadHeadAsync(partition, row, cancellationToken);
            }
            else if (await rows.ReadSessionAsync(row, cancellationToken) is { } session)
            {
                sessions.Add(session);
            }
        }

        return new UserRows(head, sessions);
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

    [LoggerMessage(1302, LogLevel.Error, "A row of the sessions table does not verify: something else than this service has put back {Count} sessions of a user that had ended")]
    private static partial void LogRevived(ILogger logger, int count);
}

/// <summary>Result of a conditional write of a session.</summary>
/// <param name="IsWritten">Whether it was applied.</param>
/// <param name="ETag">The entity tag of the session's row then.</param>
internal readonly record struct SessionCommit(bool IsWritten, string? ETag);

/// <summary>Result of one query for a user's rows.</summary>
/// <param name="Head">The head; null when there is none.</param>
/// <param name="Sessions">The session rows that are live.</param>
internal sealed record UserRows(UserHead? Head, IReadOnlyList<Session> Sessions)
{
    /// <summary>Gets rows that say they are live and that the head does not name: they are not, and a sign-out everywhere ends them.</summary>
    public IReadOnlyList<Session> Unnamed { get; init; } = [];

    /// <summary>The properties that tell which sessions there are; all but the content, which takes the bodies.</summary>
    public static readonly IReadOnlyList<string> Outline = [.. SessionRow.Outline.Union(UserHead.Outline, StringComparer.Ordinal)];
}
