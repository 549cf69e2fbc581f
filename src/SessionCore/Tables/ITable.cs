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
    /// <returns>The row with its entity tag, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store did not answer in time.</exception>
    ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Reads one page of rows in key order.</summary>
    /// <returns>A page; it may be empty although <see cref="TablePage.Continuation"/> says that there is more.</returns>
    /// <exception cref="StoreUnavailableException">The store did not answer in time.</exception>
    ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken);

    /// <summary>Applies one write, or none.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The store did not answer in time. The write may have been applied, and may still be applied later.
    /// </exception>
    ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken);

    /// <summary>Applies all writes of one partition, or none (an entity group transaction).</summary>
    /// <param name="writes">1 to 100 writes, all of one partition, each row at most once.</param>
    /// <param name="cancellationToken">Cancels the wait; the transaction may still be applied.</param>
    /// <exception cref="ArgumentException">No write, more than 100, several partitions, or one row twice.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The store did not answer in time. The writes may have been applied, and may still be applied later.
    /// </exception>
    ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);
}
