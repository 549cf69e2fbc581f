using Microsoft.Extensions.Logging;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Reads a user's head and session rows.</summary>
internal sealed partial class UserRowsReader(
    SessionTables tables, SessionTable table, GenuineRows rows, TimeProvider timeProvider, SessionMetrics metrics, ILogger<UserRowsReader> logger)
{
    // Session rows of a partition: from the first, and up to the second.
    private const string FirstSession = "s_";
    private const string AfterSessions = "s`";

    private const int ReadsAtOnce = 8;

    private readonly ITable _sessions = tables.Sessions;

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
            var read = await Task.WhenAll(some.Select(id => table.FindAsync(new SessionLocator(partition, id), cancellationToken).AsTask()));
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

    [LoggerMessage(1302, LogLevel.Error, "A row of the sessions table does not verify: something else than this service has put back {Count} sessions of a user that had ended")]
    private static partial void LogRevived(ILogger logger, int count);
}

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
