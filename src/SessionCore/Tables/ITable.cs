namespace SessionCore.Tables;

/// <summary>Table of Azure Table Storage: rows with entity tags, without knowledge of sessions.</summary>
/// <remarks>
/// Every implementation passes <c>TableConformance</c>. Expected outcomes are return values; only an unavailable store throws. There is
/// no unconditional write: a row is inserted, or changed under the entity tag it was read with.
/// </remarks>
public interface ITable
{
    /// <summary>Creates the table if it does not exist.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer in time.</exception>
    Task EnsureExistsAsync(CancellationToken cancellationToken);

    /// <summary>Reads one row by its keys.</summary>
    /// <returns>
    /// The row with its entity tag, or <see langword="null"/> when there is none, which includes invalid keys.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store did not answer in time.</exception>
    ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Reads one page of rows in key order.</summary>
    /// <returns>A page. It may be empty even though <see cref="TablePage.Continuation"/> is set.</returns>
    /// <exception cref="ArgumentException">The query violates <see cref="TableRules"/>; nothing was sent.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer in time.</exception>
    ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken);

    /// <summary>Applies one write, or none.</summary>
    /// <returns>
    /// The outcome. When <see cref="TableWriteResult.Uncertain"/> is set, the conflicting row may come from an earlier try of this
    /// write: read it again and compare the operation id.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The row violates <see cref="TableRules"/> (a key with / \ # ? or control characters, a property too large); nothing was sent.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// The store did not answer in time. The write may have been applied, and may still be applied later.
    /// </exception>
    ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken);

    /// <summary>Applies all writes of one partition, or none (an entity group transaction).</summary>
    /// <param name="writes">1 to 100 writes, all of one partition, each row at most once.</param>
    /// <param name="cancellationToken">Cancels the wait; the transaction may still be applied.</param>
    /// <returns>As for a single write, with the index of the write that failed.</returns>
    /// <exception cref="ArgumentException">
    /// No write, more than 100, several partitions, a row twice, or a violation of <see cref="TableRules"/>; nothing was sent.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// The store did not answer in time. The writes may have been applied, and may still be applied later.
    /// </exception>
    ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);
}
