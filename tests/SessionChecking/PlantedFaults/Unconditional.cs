using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>Unconditional writes, which no table offers.</summary>
internal static class Unconditional
{
    /// <summary>Writes under the rows' current entity tags.</summary>
    /// <param name="table">The table.</param>
    /// <param name="writes">The writes; those that are inserts stay inserts.</param>
    /// <param name="isUnconditional">Which of them take no notice of the entity tag they were given.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async ValueTask<TableWriteResult> WriteAsync(
        ITable table, IReadOnlyList<TableWrite> writes, Func<TableWrite, bool> isUnconditional, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = writes.ToArray();
            for (var i = 0; i < next.Length; i++)
            {
                if (isUnconditional(next[i]) && (await table.FindAsync(next[i].Row.PartitionKey, next[i].Row.RowKey, cancellationToken))?.ETag is { } current)
                {
                    next[i] = WithETag(next[i], current);
                }
            }

            var result = next.Length == 1
                ? await table.WriteAsync(next[0], cancellationToken)
                : await table.WriteAllAsync(next, cancellationToken);
            if (result.Outcome is not TableOutcome.Conflict || !isUnconditional(next[Math.Max(0, result.FailedIndex)]))
            {
                return result;
            }
        }
    }

    private static TableWrite WithETag(TableWrite write, string etag) => write.Kind switch
    {
        TableWriteKind.Merge => TableWrite.Merge(write.Row, etag),
        TableWriteKind.Replace => TableWrite.Replace(write.Row, etag),
        TableWriteKind.Delete => TableWrite.Delete(write.Row.PartitionKey, write.Row.RowKey, etag),
        _ => write,
    };
}
