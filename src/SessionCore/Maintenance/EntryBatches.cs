using Microsoft.Extensions.Options;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Inserts and deletes due entries in transactions.</summary>
internal sealed class EntryBatches(SessionTables tables, IOptions<MaintenanceOptions> options)
{
    private readonly ITable _due = tables.Due;

    /// <summary>Applies the writes. An insert of an existing entry and a delete of a missing one count as done.</summary>
    /// <returns>The number that this call certainly applied.</returns>
    /// <exception cref="StoreUnavailableException">Some writes may have been applied; all are idempotent.</exception>
    public async ValueTask<int> ApplyAsync(IEnumerable<TableWrite> writes, CancellationToken cancellationToken)
    {
        var applied = 0;
        var batches = writes
            .GroupBy(write => write.Row.PartitionKey, StringComparer.Ordinal)
            .SelectMany(partition => partition.DistinctBy(write => write.Row.RowKey, StringComparer.Ordinal).Chunk(options.Value.BatchRows));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            batches, parallel, async (batch, token) => Interlocked.Add(ref applied, await ApplyBatchAsync(batch, token)));
        return applied;
    }

    private async ValueTask<int> ApplyBatchAsync(TableWrite[] batch, CancellationToken cancellationToken)
    {
        if (batch.Length > 1 && (await _due.WriteAllAsync(batch, cancellationToken)).IsWritten)
        {
            return batch.Length;
        }

        // One write made the transaction fail. After an interrupted run there may be more, so they are applied one by one.
        var applied = 0;
        foreach (var write in batch)
        {
            applied += (await _due.WriteAsync(write, cancellationToken)).IsWritten ? 1 : 0;
        }

        return applied;
    }
}
