using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>One table.</summary>
public abstract class TableClient
{
    /// <summary>Gets its name.</summary>
    public abstract string Name { get; }

    /// <summary>Makes a filter whose values are quoted.</summary>
    public static string CreateQueryFilter(FormattableString filter) => throw new NotSupportedException(filter.Format);

    /// <summary>Creates the table if it is missing.</summary>
    public abstract Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a row.</summary>
    public abstract Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity;

    /// <summary>Reads rows, page by page.</summary>
    public abstract AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity;

    /// <summary>Inserts a row.</summary>
    public abstract Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity;

    /// <summary>Changes a row under its entity tag.</summary>
    public abstract Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity;

    /// <summary>Deletes a row. The SDK lets the tag be left out and then deletes whatever is there; here it has to be given.</summary>
    public abstract Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch, CancellationToken cancellationToken = default);

    /// <summary>Does several writes to one partition, all or none.</summary>
    public abstract Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default);
}
