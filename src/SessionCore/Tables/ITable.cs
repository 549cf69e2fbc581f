namespace SessionCore.Tables;

/// <summary>One table of Azure Table Storage: rows with entity tags, nothing of sessions.</summary>
/// <remarks>
/// Every implementation passes <c>TableConformance</c>. Answers that a caller is expected to act on are return values;
/// only a store that cannot be reached, or cannot tell, throws. There is no unconditional write: a row is inserted,
/// or changed under the entity tag it was read with.
/// </remarks>
public interface ITable
{
    /// <summary>Creates the table when it is not there yet.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer in time.</exception>
    Task EnsureExistsAsync(CancellationToken cancellationToken);

    /// <summary>Reads one row by its keys.</summary>
    /// <returns>
    /// The row with its entity tag, or <see langword="null"/> when there is none; so for keys that no row can have.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store did not answer in time.</exception>
    ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Reads one page of rows in key order.</summary>
    /// <returns>A page; it may be empty although <see cref="TablePage.Continuation"/> says that there is more.</returns>
    /// <exception cref="ArgumentException"><see cref="TableRules"/> refuse the query; nothing was sent.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer in time.</exception>
    ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken);

    /// <summary>Applies one write, or none.</summary>
    /// <returns>
    /// How it ended. Where <see cref="TableWriteResult.Uncertain"/> is set, an earlier try of the same write may be what
    /// stands in the way: read again and compare the operation id before you believe it.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <see cref="TableRules"/> refuse the row (a key with / \ # ? or control characters, a property too large); nothing was sent.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// The store did not answer in time. The write may have been applied, and may still be applied later.
    /// </exception>
    ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken);

    /// <summary>Applies all writes of one partition, or none (an entity group transaction).</summary>
    /// <param name="writes">1 to 100 writes, all of one partition, each row at most once.</param>
    /// <param name="cancellationToken">Cancels the wait; the transaction may still be applied.</param>
    /// <returns>As for a single write, with the position of the write that stood in the way.</returns>
    /// <exception cref="ArgumentException">
    /// No write, more than 100, several partitions, one row twice, or <see cref="TableRules"/> refuse a row; nothing was sent.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// The store did not answer in time. The writes may have been applied, and may still be applied later.
    /// </exception>
    ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);
}
