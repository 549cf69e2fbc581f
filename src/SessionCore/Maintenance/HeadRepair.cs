using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Corrects a user's head row while other writers are active.</summary>
internal sealed class HeadRepair(SessionTables tables)
{
    private const int MaxAttempts = 5;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Counts the user's live rows anew and corrects the head if it is wrong.</summary>
    /// <returns>Whether it was wrong and is right now.</returns>
    public async ValueTask<bool> RepairAsync(UInt128 partition, CancellationToken cancellationToken)
    {
        var partitionKey = SessionLocator.Hex(partition);
        var retry = new ConflictRetry(timeProvider: null, "The user's head row", MaxAttempts);
        do
        {
            // The head is read first: a later change of the number of rows also changes the head, and the write below then fails.
            var row = await _sessions.FindAsync(partitionKey, UserHead.RowKeyOf(partition), cancellationToken);
            var head = row?.GetString(SessionRow.State) == SessionRow.Live ? UserHead.Read(partition, row) : null;
            var live = await ReadLiveAsync(partitionKey, cancellationToken);
            if (row is null ? live.Count == 0 : head is { LiveCount: > 0 } && head.LiveCount == live.Count)
            {
                return false;
            }

            var writes = new List<TableWrite>();
            if (live.Count == 0)
            {
                writes.Add(DueEntry.RemovalOf(row!));
            }
            else
            {
                var right = UserHead.ToRow(partition, head?.UserId ?? live[0].UserId, live.Count);
                writes.Add(row is null ? TableWrite.Insert(right) : TableWrite.Replace(right, row.ETag!));
            }

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
                return true;
            }
        }
        while (await retry.TryNextAsync(cancellationToken));

        // A user this busy is not one whose head is wrong for long; the next run looks again.
        return false;
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
