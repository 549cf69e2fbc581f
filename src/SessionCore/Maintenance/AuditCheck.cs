using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Verifies the chain of one partition, from its head to the oldest link.</summary>
internal sealed class AuditCheck(SessionTables tables, AuditChain chain, GenuineRows genuine)
{
    private const int MaxReadings = 5;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Verifies a chain.</summary>
    /// <returns>How many links it has, and what is wrong.</returns>
    /// <exception cref="StoreUnavailableException">The table does not answer, or a link is under a key that this instance does not have yet.</exception>
    public async ValueTask<AuditReading> CheckAsync(string partitionKey, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            // An append or the purge meanwhile changes the head, and the reading is repeated.
            var (row, head) = await chain.FindHeadAsync(partitionKey, cancellationToken);
            var found = await ReadAsync(partitionKey, row, head, cancellationToken);
            if (found.Findings.Count == 0 || reading == MaxReadings || (await chain.FindHeadAsync(partitionKey, cancellationToken)).Row?.ETag == row?.ETag)
            {
                return found;
            }
        }
    }

    private async ValueTask<AuditReading> ReadAsync(string partitionKey, TableRow? row, AuditHead? head, CancellationToken cancellationToken)
    {
        var walk = new AuditWalk(head);
        var query = new TableQuery { PartitionKey = partitionKey, RowFrom = AuditRow.FirstKey, RowTo = AuditRow.AfterAll, PageSize = TableRules.MaxPageRows };
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            foreach (var link in page.Rows)
            {
                walk.Meet(AuditRow.NumberOf(link.RowKey), await genuine.ReadAuditAsync(link, cancellationToken));
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return walk.End(hasRow: row is not null);
    }
}
