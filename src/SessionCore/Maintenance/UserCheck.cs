using Microsoft.Extensions.Options;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>
/// Checks the rows of a partition against its head, the due table and Redis, and repairs these. Rows of sessions are not changed,
/// except that the repair of a head ends those that a genuine head does not name.
/// </summary>
internal sealed class UserCheck(
    HeadRepair heads,
    ListRepair lists,
    Quarantine quarantine,
    EntryBatches entries,
    GenuineRows genuine,
    Outbox outbox,
    SessionTables tables,
    MaintenanceMetrics metrics,
    IOptions<MaintenanceOptions> options,
    IOptions<SessionPolicyOptions> policy,
    IOptions<AuditOptions> audit)
{
    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Checks a partition.</summary>
    /// <param name="user">The rows of the partition.</param>
    /// <param name="census">The rows that due entries refer to, taken before the rows were read.</param>
    /// <param name="tally">Receives the counts.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public async ValueTask CheckAsync(UserGroup user, DueCensus census, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        tally.Add(MaintenanceCount.Users);
        tally.Add(MaintenanceCount.Rows, user.Rows.Count);
        if (!SessionLocator.TryParseHex(user.PartitionKey, out var partition))
        {
            await PutAsideAsync(user.Rows, tally, cancellationToken);
            return;
        }

        var sessions = new List<Session>();
        var malformed = new List<TableRow>();
        var missing = new List<string>();
        TableRow? head = null;
        var (events, undelivered) = (0, 0);
        foreach (var row in user.Rows)
        {
            if (EventRow.Is(row))
            {
                events++;
                undelivered += EventRow.IsParked(row) ? 0 : 1;
                continue;
            }

            if (AuditRow.Is(row))
            {
                events++;
                continue;
            }

            if (AuditHead.Is(row.RowKey))
            {
                events++;
                await CheckAuditAsync(partition, row, census, tally, cancellationToken);
                continue;
            }

            if (row.RowKey == UserHead.RowKeyOf(partition))
            {
                head = row;
                continue;
            }

            var examined = await genuine.ExamineAsync(row, cancellationToken);
            if (DueAt(examined) is null)
            {
                malformed.Add(row);
                continue;
            }

            if (examined.Session is { } session)
            {
                sessions.Add(session);
            }

            if (!IsFresh(examined, census) && !census.Contains(partition, row.RowKey))
            {
                missing.Add(row.RowKey);
            }
        }

        if (undelivered > 0)
        {
            // Delivery looks again, whatever has become of their notices.
            await outbox.AnnounceAsync(user.PartitionKey, known: null, cancellationToken);
        }

        await PutAsideAsync(malformed, tally, cancellationToken);
        Session[] live = [.. sessions.Where(session => !session.IsEnded)];
        tally.Add(MaintenanceCount.LiveSessions, live.Length);
        var isAlone = user.Rows.Count - events == 1;
        var isDone = await heads.IsSoundAsync(partition, head, live, cancellationToken) && (head is null || !isAlone);
        if (!isDone && await heads.RepairAsync(partition, isAlone, cancellationToken))
        {
            Drifted(MaintenanceCount.HeadDrift, "head", tally);
        }

        foreach (var rowKey in missing)
        {
            await AddEntryAsync(user.PartitionKey, rowKey, tally, cancellationToken);
        }

        if (await lists.RepairAsync(partition, sessions, cancellationToken))
        {
            Drifted(MaintenanceCount.ListDrift, "list", tally);
        }
    }

    /// <summary>Returns when a row is due; null for a row without a due time.</summary>
    public DateTimeOffset? DueAt(ExaminedRow row) => DueRules.DueAt(row, policy.Value.Retention);

    /// <summary>Returns when the oldest link of an audit chain is due, by its head.</summary>
    public DateTimeOffset AuditDueAt(TableRow head) => (AuditHead.StartOf(head) ?? DateTimeOffset.UnixEpoch) + audit.Value.Retention;

    // The entry of so recent a row may have been written after the census, so the next run checks it.
    private bool IsFresh(ExaminedRow row, DueCensus census)
    {
        var before = census.TakenAt - options.Value.Grace;
        if (row.Key is { } key)
        {
            return key.ReservedAt > before;
        }

        return row.RecordExpiresAt is { } expiry
            ? expiry > before + policy.Value.IdempotencyWindow
            : row.Session is { } session && (session.CreatedAt > before || session.AuthenticatedAt > before);
    }

    private async ValueTask AddEntryAsync(string partitionKey, string rowKey, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        if (await _sessions.FindAsync(partitionKey, rowKey, cancellationToken) is { } row
            && DueAt(await genuine.ExamineAsync(row, cancellationToken)) is { } due
            && await entries.ApplyAsync([TableWrite.Insert(DueTable.Entry(partitionKey, rowKey, due))], cancellationToken) > 0)
        {
            Drifted(MaintenanceCount.DueDrift, "due", tally);
        }
    }

    // The purge finds a chain by the entry of its head, and moves the entry to where the oldest link is due.
    private async ValueTask CheckAuditAsync(UInt128 partition, TableRow head, DueCensus census, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        if (AuditHead.StartOf(head) is { } start
            && start <= census.TakenAt - options.Value.Grace
            && !census.Contains(partition, head.RowKey)
            && await entries.ApplyAsync([TableWrite.Insert(DueTable.Entry(head.PartitionKey, head.RowKey, AuditDueAt(head)))], cancellationToken) > 0)
        {
            Drifted(MaintenanceCount.DueDrift, "due", tally);
        }
    }

    private async ValueTask PutAsideAsync(IReadOnlyList<TableRow> rows, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        tally.Add(MaintenanceCount.Malformed, rows.Count);
        foreach (var row in rows)
        {
            if (await quarantine.AddAsync(row.PartitionKey, row.RowKey, cancellationToken))
            {
                tally.Add(MaintenanceCount.Quarantined);
            }
        }
    }

    private void Drifted(MaintenanceCount what, string kind, MaintenanceTally tally)
    {
        tally.Add(what);
        metrics.Drift(kind);
    }
}
