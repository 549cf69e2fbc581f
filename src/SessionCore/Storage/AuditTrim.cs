using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Deletes the links of a chain whose retention is over. The head then names the oldest that is kept, and the tag before it.</summary>
internal sealed class AuditTrim(SessionTables tables, AuditChain chain, GenuineRows genuine, RowTags tags)
{
    // With the head, they fit one transaction.
    private const int MaxLinks = TableRules.MaxTransactionRows - 2;
    private const int MaxAttempts = 5;

    // Damage is evidence, which the purge leaves where it is until an operator has looked.
    private static readonly TimeSpan Damaged = TimeSpan.FromDays(1);

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Deletes what is due in the chains of the deployment and of its operators, which have no due entries.</summary>
    public async ValueTask TrimDeploymentAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        if (chain.IsOn)
        {
            await TrimAsync(DeploymentRow.PartitionKey, cutoff, cancellationToken);
            await TrimAsync(AuditChain.OfOperators, cutoff, cancellationToken);
        }
    }

    /// <summary>Deletes what is due.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="cutoff">Now, less the grace.</param>
    /// <param name="cancellationToken">Stops between two transactions.</param>
    /// <returns>How many links were deleted, and when the next is due; null when the partition has no chain any more.</returns>
    public async ValueTask<(int Deleted, DateTimeOffset? NextAt)> TrimAsync(string partitionKey, DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        var deleted = await TrimApartAsync(partitionKey, cutoff, cancellationToken);
        var from = 1L;
        for (var retry = new ConflictRetry(timeProvider: null, "The chain of the audit", MaxAttempts); ;)
        {
            var (row, head) = await chain.FindHeadAsync(partitionKey, cancellationToken);
            if (head is null)
            {
                var isEmpty = row is null && (await ReadAsync(partitionKey, AuditRow.FirstKey, AuditRow.AfterAll, cancellationToken)).Count == 0;
                return (deleted, isEmpty ? null : cutoff + Damaged);
            }

            if (!IsDue(head.FirstAt, cutoff))
            {
                return (deleted, head.FirstAt + chain.Retention);
            }

            from = Math.Max(from, head.First);
            var last = Math.Min(from + MaxLinks - 1, head.Count);
            var rows = await ReadAsync(partitionKey, AuditRow.RowKeyOf(last), AuditRow.RowKeyOf(from) + " ", cancellationToken);
            var links = await GenuineAsync(rows, cancellationToken);
            var due = links.TakeWhile(link => IsDue(link.Event.At, cutoff)).ToArray();
            if (due.Length == 0)
            {
                if (links.Count > 0 || last == head.Count)
                {
                    return (deleted, cutoff + Damaged);
                }

                from = last + 1;
                continue;
            }

            if (await TryDeleteAsync(head, rows, due[^1], links.Skip(due.Length).FirstOrDefault(), cancellationToken))
            {
                deleted += due.Length;
            }
            else if (!await retry.TryNextAsync(cancellationToken))
            {
                // It grows all the time; the next run goes on.
                return (deleted, cutoff + Damaged);
            }
        }
    }

    // After the loss of a head, the links before it lead nowhere. They go when their time comes.
    private async ValueTask<int> TrimApartAsync(string partitionKey, DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        if ((await chain.FindHeadAsync(partitionKey, cancellationToken)).Head is not { } head)
        {
            return 0;
        }

        var rows = await ReadAsync(partitionKey, AuditRow.RowKeyOf(head.First) + " ", AuditRow.AfterAll, cancellationToken);
        var due = (await GenuineAsync(rows, cancellationToken)).Where(link => IsDue(link.Event.At, cutoff)).ToArray();
        TableWrite[] writes = [.. due.Take(MaxLinks).Select(link => TableWrite.Delete(partitionKey, link.RowKey, link.ETag!))]; // as read
        return writes.Length > 0 && (await _sessions.WriteAllAsync(writes, cancellationToken)).IsWritten ? writes.Length : 0;
    }

    private bool IsDue(DateTimeOffset at, DateTimeOffset cutoff) => at <= cutoff - chain.Retention;

    private async ValueTask<bool> TryDeleteAsync(
        AuditHead head, IReadOnlyList<TableRow> rows, AuditRow last, AuditRow? next, CancellationToken cancellationToken)
    {
        var writes = rows.Where(row => AuditRow.NumberOf(row.RowKey) <= last.Number)
            .Select(row => TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!)); // as read
        var kept = last.Number == head.Count
            ? TableWrite.Delete(head.PartitionKey, AuditHead.RowKeyOf(head.PartitionKey), head.ETag!) // as read
            : (head with { First = last.Number + 1, Anchor = last.Tag, FirstAt = next?.Event.At ?? last.Event.At }).ToWrite(tags);
        return (await _sessions.WriteAllAsync([.. writes, kept], cancellationToken)).IsWritten;
    }

    // Oldest first.
    private async ValueTask<IReadOnlyList<AuditRow>> GenuineAsync(IReadOnlyList<TableRow> rows, CancellationToken cancellationToken)
    {
        var links = new List<AuditRow>(rows.Count);
        foreach (var row in rows.Reverse())
        {
            if (await genuine.ReadAuditAsync(row, cancellationToken) is { } link)
            {
                links.Add(link);
            }
        }

        return links;
    }

    private async ValueTask<IReadOnlyList<TableRow>> ReadAsync(string partitionKey, string from, string to, CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionKey = partitionKey, RowFrom = from, RowTo = to, PageSize = MaxLinks };
        var rows = new List<TableRow>();
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            rows.AddRange(page.Rows);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null && rows.Count < MaxLinks);

        return rows;
    }
}
