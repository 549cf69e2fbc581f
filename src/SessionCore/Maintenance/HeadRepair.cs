using SessionCore.Caching;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Corrects a user's head row while other writers are active.</summary>
internal sealed class HeadRepair(
    SessionTables tables,
    SessionTable table,
    UserRowsReader userRows,
    GenuineRows genuine,
    SessionRevocation revocation,
    SessionCache cache,
    TimeProvider timeProvider)
{
    private const int MaxAttempts = 5;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Whether a head agrees with the rows.</summary>
    /// <param name="partition">The user.</param>
    /// <param name="row">The head's row; null when there is none.</param>
    /// <param name="live">The user's live rows.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<bool> IsSoundAsync(UInt128 partition, TableRow? row, IReadOnlyCollection<Session> live, CancellationToken cancellationToken) =>
        row is null ? live.Count == 0 : (await genuine.ReadHeadAsync(partition, row, cancellationToken))?.Names(live) == true;

    /// <summary>
    /// Reads the user's live rows again and corrects the head if it is wrong. Live rows that a genuine head does not name are ended.
    /// </summary>
    /// <param name="partition">The user.</param>
    /// <param name="isAlone">Whether the user has no other row; an empty head is then deleted.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>Whether the head was wrong and has been corrected.</returns>
    public async ValueTask<bool> RepairAsync(UInt128 partition, bool isAlone, CancellationToken cancellationToken)
    {
        var retry = new ConflictRetry(timeProvider: null, "The user's head row", MaxAttempts);
        do
        {
            // The head is read first: a later change to the set of live rows also changes the head, and the write below then fails.
            var row = await _sessions.FindAsync(SessionLocator.Hex(partition), UserHead.RowKeyOf(partition), cancellationToken);
            var head = row is null ? null : await genuine.ReadHeadAsync(partition, row, cancellationToken);
            var live = await userRows.ScanLiveAsync(partition, cancellationToken);
            var since = timeProvider.GetUtcNow() - cache.LatelyTime;
            if (head is not null)
            {
                if (await CorrectAsync(head, live, since, isAlone, cancellationToken) is { } wasWrong)
                {
                    return wasWrong;
                }

                continue;
            }

            if (row is null && live.Count == 0)
            {
                return false;
            }

            // A concurrent writer that found no head is checked by the rows' entity tags only, so this write changes the rows as well.
            TableWrite[] writes = [HeadOf(partition, row, live), .. live.Take(TableRules.MaxTransactionRows - 1).Select(Unchanged)];
            if ((await table.WriteAsync(writes, cancellationToken)).IsWritten)
            {
                return true;
            }
        }
        while (await retry.TryNextAsync(cancellationToken));

        // The user's sessions change too often; the next run tries again.
        return false;
    }

    // Returns whether the head was wrong; null when another writer was faster, or more rows remain.
    private async ValueTask<bool?> CorrectAsync(
        UserHead head, IReadOnlyList<Session> live, DateTimeOffset since, bool isAlone, CancellationToken cancellationToken)
    {
        var ids = await NamedAsync(head, live, cancellationToken);
        Session[] revived = [.. live.Where(session => !head.Live.Contains(session.Locator.Id))];
        var isSound = revived.Length == 0 && ids.Count == head.Live.Count;
        if (isSound && !(isAlone && head.IsIdle(since)))
        {
            return false;
        }

        if (isSound)
        {
            var removal = TableWrite.Delete(SessionLocator.Hex(head.Partition), UserHead.RowKeyOf(head.Partition), head.ETag!); // as read, so it has a tag
            return (await table.WriteAsync([removal], cancellationToken)).IsWritten ? false : null;
        }

        Session[] chosen = [.. revived.Take(TableRules.MaxTransactionRows - 1)];
        var now = timeProvider.GetSessionTime();
        var ended = chosen.Select(session => session.EndedWith(EndReasons.Revoked, now) with { Operation = OperationId.New() }).ToArray();
        var next = head.Naming(ids).Ended([.. ended.Select(session => session.Locator.Id)], now, since);
        TableWrite[] writes = [table.Naming(next), .. ended.Select((session, i) => table.Ending(chosen[i], session))];
        if (!(await table.WriteAsync(writes, cancellationToken)).IsWritten)
        {
            return null;
        }

        if (ended.Length > 0)
        {
            userRows.ReportRevived(ended.Length);
            await revocation.EntombAsync([.. ended.Select(session => EndedSession.From(session, session.EndReason!, now))], cancellationToken);
        }

        return chosen.Length == revived.Length ? true : null;
    }

    // A row that is not genuine may be restored and its session is then live, so the head keeps naming it.
    private async ValueTask<IReadOnlyList<UInt128>> NamedAsync(UserHead head, IReadOnlyList<Session> live, CancellationToken cancellationToken)
    {
        var found = live.Select(session => session.Locator.Id).ToHashSet();
        var named = new List<UInt128>(head.Live.Count);
        foreach (var id in head.Live)
        {
            if (found.Contains(id) || await IsForgedAsync(new SessionLocator(head.Partition, id), cancellationToken))
            {
                named.Add(id);
            }
        }

        return named;
    }

    private async ValueTask<bool> IsForgedAsync(SessionLocator locator, CancellationToken cancellationToken) =>
        await _sessions.FindAsync(locator.PartitionKey, locator.RowKey, cancellationToken) is { } row
        && await genuine.ReadSessionAsync(row, cancellationToken) is null;

    private TableWrite HeadOf(UInt128 partition, TableRow? row, IReadOnlyList<Session> live)
    {
        if (row is not null && live.Count == 0)
        {
            return DueEntry.RemovalOf(row);
        }

        return table.Naming(row is null
            ? UserHead.None(partition, live[0].UserId).Naming([.. live.Select(session => session.Locator.Id)])
            : UserHead.Rebuilt(partition, row.ETag!, live, timeProvider.GetUtcNow())); // as read, so it has a tag
    }

    private static TableWrite Unchanged(Session session) => TableWrite.Merge(
        new TableRow(session.Locator.PartitionKey, session.Locator.RowKey).Set(SessionRow.State, SessionRow.Live), session.ETag!);
}
