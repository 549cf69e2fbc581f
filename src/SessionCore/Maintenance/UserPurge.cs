using Microsoft.Extensions.Options;
using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Purges the due rows of a user and updates the head, under the entity tags that were read.</summary>
internal sealed class UserPurge(
    SessionTables tables,
    SessionTable table,
    UserRowsReader userRows,
    GenuineRows genuine,
    SessionCache cache,
    UserSessionsCache lists,
    Outbox outbox,
    AuditTrim audit,
    LiveDelta live,
    TimeProvider timeProvider,
    IOptions<MaintenanceOptions> options)
{
    // The second attempt is for a user who signed in or out meanwhile. After another conflict the next run takes over.
    private const int Attempts = 2;

    // From this number one query is cheaper than point reads. It reads one page, however many rows lie between the due ones.
    private const int QueryFrom = 3;
    private const int RowsForEachDue = 8;

    private static readonly IReadOnlyList<string> Outline = [.. SessionRow.Outline.Union(IdempotencyClaims.Outline, StringComparer.Ordinal).Union(KeyRow.Outline, StringComparer.Ordinal)];

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Judges the rows of entries and deletes those that are due.</summary>
    /// <param name="entries">Entries of one user.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="tally">Receives the counts of the audit.</param>
    /// <param name="cancellationToken">Cancels the work between two steps.</param>
    /// <returns>The action taken for each entry. Keep means that the row has changed or may have; the next run checks it.</returns>
    public async ValueTask<DueVerdict[]> PurgeAsync(IReadOnlyList<DueEntry> entries, DueRules rules, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        var verdicts = new DueVerdict[entries.Count];
        var open = new List<int>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            if (AuditHead.Is(entries[i].RowKey))
            {
                verdicts[i] = await TrimAsync(entries[i].PartitionKey, rules, tally, cancellationToken);
            }
            else
            {
                open.Add(i);
            }
        }

        if (open.Count == 0)
        {
            return verdicts;
        }

        var retry = new ConflictRetry(timeProvider: null, "The user's rows", Attempts);
        do
        {
            var rows = await ReadAsync([.. open.Select(i => entries[i])], cancellationToken);
            var deletions = new List<(int Index, ExaminedRow Row, DueVerdict Verdict)>();
            for (var i = 0; i < open.Count; i++)
            {
                var verdict = rules.Judge(rows[i]);
                if (verdict.Action is DueAction.PurgeLapsed or DueAction.PurgeTombstone or DueAction.PurgeRecord or DueAction.PurgeKey)
                {
                    deletions.Add((open[i], rows[i]!, verdict));
                }
                else
                {
                    verdicts[open[i]] = verdict;
                }
            }

            open.Clear();
            foreach (var batch in deletions.Chunk(BatchSize))
            {
                if (await TryDeleteAsync(entries[0].Partition, batch, rules, cancellationToken))
                {
                    Array.ForEach(batch, deletion => verdicts[deletion.Index] = deletion.Verdict);
                }
                else
                {
                    open.AddRange(batch.Select(deletion => deletion.Index));
                }
            }
        }
        while (open.Count > 0 && await retry.TryNextAsync(cancellationToken));

        if (Array.Exists(verdicts, verdict => verdict.Action is DueAction.PurgeLapsed))
        {
            await lists.DropAsync(entries[0].Partition, cancellationToken);
        }

        return verdicts;
    }

    private async ValueTask<DueVerdict> TrimAsync(string partitionKey, DueRules rules, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        var (deleted, nextAt) = await audit.TrimAsync(partitionKey, rules.Cutoff, cancellationToken);
        tally.Add(MaintenanceCount.AuditPurged, deleted);
        return nextAt is { } at ? new DueVerdict(DueAction.Move, at) : new DueVerdict(DueAction.Drop);
    }

    // With the head, and with an event for each row that goes.
    private int BatchSize => Math.Max(1, (options.Value.BatchRows - 1) / (outbox.IsOn ? 2 : 1));

    private async ValueTask<bool> TryDeleteAsync(
        UInt128 partition, (int Index, ExaminedRow Row, DueVerdict Verdict)[] batch, DueRules rules, CancellationToken cancellationToken)
    {
        var writes = new List<TableWrite>((2 * batch.Length) + 1);
        Session[] sessions =
        [
            .. batch.Where(deletion => deletion.Verdict.Action is DueAction.PurgeLapsed)
                .Select(deletion => deletion.Row.Session!), // judged as lapsed, so it is a session
        ];
        UInt128[] lapsed = [.. sessions.Select(session => session.Locator.Id)];
        if (lapsed.Length > 0 && await userRows.FindHeadAsync(partition, cancellationToken) is { } head)
        {
            writes.Add(table.Naming(head.Without(lapsed, rules.Cutoff - cache.LatelyTime)));
        }

        writes.AddRange(batch.Select(deletion => DueEntry.RemovalOf(deletion.Row.Row)));
        if (sessions.Length > 0 && await outbox.AnnounceAsync(SessionLocator.Hex(partition), known: null, cancellationToken) is { } notice)
        {
            writes.AddRange(outbox.WritesOf(notice, [.. sessions.Select(session => EndOf(session, rules))]));
        }

        var isWritten = (await table.WriteAsync(writes, cancellationToken)).IsWritten;
        live.Add(isWritten ? -lapsed.Length : 0);
        return isWritten;
    }

    private EventDraft EndOf(Session session, DueRules rules)
    {
        var now = timeProvider.GetSessionTime();
        var (reason, at) = session.EndAt(now, rules.RevokedBefore) ?? (EndReasons.IdleTimeout, session.IdleExpiresAt);
        return EventDraft.Lapsed(session.EndedWith(reason, at), now);
    }

    private async ValueTask<ExaminedRow?[]> ReadAsync(DueEntry[] entries, CancellationToken cancellationToken)
    {
        var rows = new TableRow?[entries.Length];
        var known = entries.Length < QueryFrom ? "" : await ReadRangeAsync(entries, rows, cancellationToken);
        for (var i = 0; i < entries.Length; i++)
        {
            if (string.CompareOrdinal(entries[i].RowKey, known) > 0)
            {
                rows[i] = await _sessions.FindAsync(entries[i].PartitionKey, entries[i].RowKey, cancellationToken);
            }
        }

        var examined = new ExaminedRow?[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            examined[i] = rows[i] is { } row ? await ExamineAsync(row, cancellationToken) : null;
        }

        return examined;
    }

    // A key's row goes after the session it names, which may be another user's.
    private async ValueTask<ExaminedRow> ExamineAsync(TableRow row, CancellationToken cancellationToken)
    {
        var examined = await genuine.ExamineAsync(row, cancellationToken);
        return examined.Key is { } key
            && await _sessions.FindAsync(key.Session.PartitionKey, key.Session.RowKey, cancellationToken) is { } named
                ? examined with { Named = await genuine.ExamineAsync(named, cancellationToken) }
                : examined;
    }

    // Answers up to which row key the page tells everything.
    private async ValueTask<string> ReadRangeAsync(DueEntry[] entries, TableRow?[] rows, CancellationToken cancellationToken)
    {
        var keys = entries.Select(entry => entry.RowKey).Order(StringComparer.Ordinal).ToArray();
        var page = await _sessions.QueryAsync(
            new TableQuery
            {
                PartitionKey = entries[0].PartitionKey,
                RowFrom = keys[0],
                RowTo = keys[^1] + " ",
                PageSize = Math.Min(TableRules.MaxPageRows, RowsForEachDue * entries.Length),
                Select = Outline,
            },
            cancellationToken);
        var found = page.Rows.ToDictionary(row => row.RowKey, StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
        {
            rows[i] = found.GetValueOrDefault(entries[i].RowKey);
        }

        if (page.Continuation is null)
        {
            return keys[^1];
        }

        return page.Rows.Count == 0 ? "" : page.Rows[^1].RowKey;
    }
}
