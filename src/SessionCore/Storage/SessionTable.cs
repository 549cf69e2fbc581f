using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SessionCore.Pooling;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Reads and writes the rows of sessions and users.</summary>
internal sealed partial class SessionTable(
    SessionTables tables, BodyProtector protector, SessionMetrics metrics, ILogger<SessionTable> logger)
{
    // Session rows of a partition: from the first, and up to the second.
    private const string FirstSession = "s_";
    private const string AfterSessions = "s`";

    private const int ReadsAtOnce = 8;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Reads a session's row by its keys.</summary>
    /// <returns>The session, or null when there is none, or its row cannot be one of ours.</returns>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<Session?> FindAsync(SessionLocator locator, CancellationToken cancellationToken)
    {
        var row = await _sessions.FindAsync(locator.PartitionKey, locator.RowKey, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var session = SessionRow.Read(row);
        if (session is null)
        {
            ReportUnreadable();
        }

        return session;
    }

    public async ValueTask<UserHead?> FindHeadAsync(UInt128 partition, CancellationToken cancellationToken)
    {
        var row = await _sessions.FindAsync(SessionLocator.Hex(partition), UserHead.RowKeyOf(partition), cancellationToken);
        return row is null ? null : UserHead.Read(partition, row);
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
        var rows = Sort(partition, page.Rows);
        if (page.Continuation is null)
        {
            return rows;
        }

        // The head comes before the rows: a session that begins or ends from here on changes the head.
        var head = await FindHeadAsync(partition, cancellationToken);
        var missing = head is null ? [] : head.Live.Except(rows.Sessions.Select(session => session.Locator.Id)).ToArray();
        var found = await FindAllAsync(partition, missing, cancellationToken);
        return rows with { Head = head, Sessions = [.. rows.Sessions, .. found.Where(session => !session.IsEnded)] };
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
                return (Sort(partition, page.Rows).Sessions, page.Continuation is null ? null : page.Rows[^1].RowKey);
            }

            query = query with { Continuation = page.Continuation };
        }
    }

    private UserRows Sort(UInt128 partition, IReadOnlyList<TableRow> rows)
    {
        UserHead? head = null;
        var sessions = new List<Session>(rows.Count);
        foreach (var row in rows)
        {
            if (SessionRow.Read(row) is { } session)
            {
                sessions.Add(session);
            }
            else if (UserHead.Read(partition, row) is { } found)
            {
                head = found;
            }
            else
            {
                ReportUnreadable();
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
    public Session Seal(Session session, SessionBody body) => session with { SealedBody = protector.Seal(session, body) };

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
            result = writes.Count == 1
                ? await _sessions.WriteAsync(writes[0], cancellationToken)
                : await _sessions.WriteAllAsync(writes, cancellationToken);
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

    private void ReportUnreadable()
    {
        metrics.SecurityEvent("row-unreadable");
        LogUnreadable(logger);
    }

    [LoggerMessage(1301, LogLevel.Error, "A row of the sessions table does not verify: it was written by something else than this service, or its key is gone from Keys:Ring")]
    private static partial void LogNotGenuine(ILogger logger);

    [LoggerMessage(1302, LogLevel.Error, "A row of the sessions table lacks what a session must have; the purge quarantines it")]
    private static partial void LogUnreadable(ILogger logger);
}

/// <summary>Result of a conditional write of a session.</summary>
/// <param name="IsWritten">Whether it was applied.</param>
/// <param name="ETag">The entity tag of the session's row then.</param>
internal readonly record struct SessionCommit(bool IsWritten, string? ETag);

/// <summary>Result of one query for a user's rows.</summary>
/// <param name="Head">The head; null when there is none.</param>
/// <param name="Sessions">The session rows.</param>
internal sealed record UserRows(UserHead? Head, IReadOnlyList<Session> Sessions)
{
    /// <summary>The properties that tell which sessions there are; all but the content, which takes the bodies.</summary>
    public static readonly IReadOnlyList<string> Outline = [.. SessionRow.Outline.Union(UserHead.Outline, StringComparer.Ordinal)];
}
