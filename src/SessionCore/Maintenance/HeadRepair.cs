using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Corrects a user's head row while other writers are active.</summary>
internal sealed class HeadRepair(SessionTables tables, SessionCache cache, TimeProvider timeProvider)
{
    private const int MaxAttempts = 5;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Whether a head says what the rows say.</summary>
    /// <param name="partition">The user.</param>
    /// <param name="row">The head's row; null when there is none.</param>
    /// <param name="live">The user's live rows.</param>
    public static bool IsSound(UInt128 partition, TableRow? row, IReadOnlyCollection<Session> live) => row is null
        ? live.Count == 0
        : UserHead.Read(partition, row)?.Names(live) == true;

    /// <summary>Reads the user's live rows anew and corrects the head if it is wrong. A head that names nothing goes.</summary>
    /// <returns>Whether it was wrong and is right now.</returns>
    public async ValueTask<bool> RepairAsync(UInt128 partition, CancellationToken cancellationToken)
    {
        var partitionKey = SessionLocator.Hex(partition);
        var retry = new ConflictRetry(timeProvider: null, "The user's head row", MaxAttempts);
        do
        {
            // The head is read first: a later change of the set of live rows also changes the head, and the write below then fails.
            var row = await _sessions.FindAsync(partitionKey, UserHead.RowKeyOf(partition), cancellationToken);
            var head = row is null ? null : UserHead.Read(partition, row);
            var live = await ReadLiveAsync(partitionKey, cancellationToken);
            var since = timeProvider.GetUtcNow() - cache.LatelyTime;
            var isSound = IsSound(partition, row, live);
            if (isSound && head?.IsIdle(since) != true)
            {
                return false;
            }

            var writes = new List<TableWrite> { WriteOf(partition, row, head, live, since) };
            if (head is null)
            {
                // Whoever found no head to write with is held to the rows' entity tags alone, so they change with this write.
                writes.AddRange(live.Take(TableRules.MaxTransactionRows - 1).Select(Unchanged));
            }

            var result = writes.Count == 1
                ? await _sessions.WriteAsync(writes[0], cancellationToken)
                : await _sessions.WriteAllAsync(writes, cancellationToken);
            if (result.IsWritten)
            {
                return !isSound;
            }
        }
        while (await retry.TryNextAsync(cancellationToken));

        // A user this busy is not one whose head is wrong for long; the next run looks again.
        return false;
    }

    private static TableWrite WriteOf(UInt128 partition, TableRow? row, UserHead? head, List<Session> live, DateTimeOffset since)
    {
        UInt128[] ids = [.. live.Select(session => session.Locator.Id)];
        if (head is not null)
        {
            return head.Naming(ids).Without([], since).ToWrite();
        }

        if (row is not null && ids.Length == 0)
        {
            return DueEntry.RemovalOf(row);
        }

        var right = UserHead.None(partition, live[0].UserId).Naming(ids).ToRow();
        return row is null ? TableWrite.Insert(right) : TableWrite.Replace(right, row.ETag!); // as read, so it has a tag
    }

    private static TableWrite Unchanged(Session session) => TableWrite.Merge(
        new TableRow(session.Locator.PartitionKey, session.Locator.RowKey).Set(SessionRow.State, SessionRow.Live), session.ETag!);

    private async ValueTask<List<Session>> ReadLiveAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            PartitionKey = partitionKey,
            RowFrom = "s_",
            RowTo = "s`",
            WhereName = SessionRow.State,
            WhereValue = SessionRow.Live,
            Select = SessionRow.Outline,
        };
        var live = new List<Session>();
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            live.AddRange(page.Rows.Select(SessionRow.Read).OfType<Session>());
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return live;
    }
}
