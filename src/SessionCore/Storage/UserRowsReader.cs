using Microsoft.Extensions.Logging;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Reader of a user's head and session rows.</summary>
internal sealed partial class UserRowsReader(
    SessionTables tables,
    SessionTable table,
    GenuineRows rows,
    TimeProvider timeProvider,
    SessionMetrics metrics,
    RepeatedEvents repeated,
    ILogger<UserRowsReader> logger)
{
    private const int RevivedEvent = 1302;

    // Session rows of a partition: from the first, and up to the second.
    private const string FirstSession = "s_";
    public const string AfterSessions = "s`";

    private const int ReadsAtOnce = 8;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Reads a user's head. A head that is not genuine is rebuilt from the rows, and written with the next change.</summary>
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

        // Read after the head, so that a later change of the set of live rows also changes the head's entity tag.
        var live = await ScanLiveAsync(partition, cancellationToken);
        return UserHead.Rebuilt(partition, row.ETag!, live, timeProvider.GetUtcNow()); // as read, so it has an entity tag
    }

    /// <summary>
    /// Reads all live session rows of a user by a scan, independent of the head. The cost is proportional to all rows, including ended
    /// ones.
    /// </summary>
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
    /// Usually one query is enough. If its first page is incomplete, because the server reached its limit among ended rows, the rest is
    /// read by the ids in the head. So the cost is proportional to the live sessions.
    /// </remarks>
    /// <param name="partition">The user.</param>
    /// <param name="withContent">Whether to read the bodies, which counting and ending do not need.</param>
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

        // The head is read before the rows: a session that starts or ends later changes the head.
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

            // The space is the lowest character that a key can continue with.
            RowFrom = string.CompareOrdinal(after, FirstSession) > 0 ? after + " " : FirstSession,
            RowTo = AfterSessions,
            PageSize = pageSize,
        };

        // A page may be empty without being the last. The continuation token returns the rows beyond the server's limits.
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

    // A transaction adds each new session to the head and removes each ended one. So a live row that the head does not list has ended:
    // either since the rows were read, or earlier and another writer has put an old row back.
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

    // A row that is unchanged before and after the read of the head was live while the head did not list it.
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

    /// <summary>Reports live rows that the head does not list.</summary>
    public void ReportRevived(int count)
    {
        metrics.SecurityEvent("row-revived");
        if (repeated.ShouldLog(RevivedEvent, out var times))
        {
            LogRevived(logger, count, times);
        }
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

    [LoggerMessage(RevivedEvent, LogLevel.Error, "A row of the sessions table does not verify: something else than this service has put back {Sessions} sessions of a user that had ended; {Count} times since the last such line")]
    private static partial void LogRevived(ILogger logger, int sessions, long count);
}

/// <summary>Head and live session rows of a user.</summary>
/// <param name="Head">The head; null for none.</param>
/// <param name="Sessions">The session rows that are live.</param>
internal sealed record UserRows(UserHead? Head, IReadOnlyList<Session> Sessions)
{
    /// <summary>
    /// Gets rows whose state is live but that the head does not list. They are not live; a sign-out everywhere ends them.
    /// </summary>
    public IReadOnlyList<Session> Unnamed { get; init; } = [];

    /// <summary>Properties of sessions without their content.</summary>
    public static readonly IReadOnlyList<string> Outline = [.. SessionRow.Outline.Union(UserHead.Outline, StringComparer.Ordinal)];
}
