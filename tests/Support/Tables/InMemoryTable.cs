using System.Globalization;
using SessionCore.Tables;

namespace Support.Tables;

/// <summary>
/// A table in this process, as strict as the service: each call takes effect at one instant, every write gets a new
/// entity tag, nothing is ever shared with the caller.
/// </summary>
/// <param name="name">The table's name, for hooks.</param>
/// <param name="hook">
/// Awaited before and after each call takes effect, outside any lock: the place to delay, to reorder, or to throw.
/// </param>
/// <param name="exists">Whether the table is there already; otherwise every call but EnsureExistsAsync is unavailable.</param>
public sealed class InMemoryTable(string name = "table", Func<TableOperation, ValueTask>? hook = null, bool exists = true) : ITable
{
    private readonly Lock _lock = new();
    private readonly List<TableRow> _rows = [];
    private bool _exists = exists;
    private long _lastTag;

    /// <summary>Gets or sets a value indicating whether an empty page goes before each page, as the service may do.</summary>
    public bool EmptyPages { get; set; }

    /// <summary>
    /// Gets or sets how many rows a query examines, matching or not, before it returns a continuation token, as the service may do.
    /// </summary>
    public int ScanLimit { get; set; } = int.MaxValue;

    /// <summary>Gets the number of rows.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count;
            }
        }
    }

    public async Task EnsureExistsAsync(CancellationToken cancellationToken)
    {
        var operation = new TableOperation(name, TableOperationKind.EnsureExists, TableMoment.Before);
        await BeforeAsync(operation, cancellationToken);
        lock (_lock)
        {
            _exists = true;
        }

        await AfterAsync(operation, cancellationToken);
    }

    public async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var operation = new TableOperation(name, TableOperationKind.Find, TableMoment.Before) { PartitionKey = partitionKey, RowKey = rowKey };
        await BeforeAsync(operation, cancellationToken);
        TableRow? row;
        lock (_lock)
        {
            ThrowIfMissing();
            var index = IndexOf(partitionKey, rowKey);
            row = index < 0 ? null : TableRowCopy.Of(_rows[index], _rows[index].ETag);
        }

        await AfterAsync(operation with { RowsRead = row is null ? 0 : 1 }, cancellationToken);
        return row;
    }

    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        TableRules.Check(query);
        var operation = new TableOperation(name, TableOperationKind.Query, TableMoment.Before) { PartitionKey = query.PartitionKey };
        await BeforeAsync(operation, cancellationToken);
        TablePage page;
        lock (_lock)
        {
            ThrowIfMissing();
            page = TableScan.Page(_rows, query, EmptyPages, ScanLimit);
        }

        await AfterAsync(operation with { RowsRead = page.Rows.Count }, cancellationToken);
        return page;
    }

    public async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        TableRules.Check(write);
        var operation = new TableOperation(name, TableOperationKind.Write, TableMoment.Before)
        {
            PartitionKey = write.Row.PartitionKey,
            RowKey = write.Row.RowKey,
            Writes = [write],
        };
        var applied = await ApplyAsync(operation, cancellationToken);
        return applied with { ETags = null };
    }

    public ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableRules.CheckAll(writes);
        var operation = new TableOperation(name, TableOperationKind.WriteAll, TableMoment.Before)
        {
            PartitionKey = writes[0].Row.PartitionKey,
            Writes = [.. writes],
        };
        return ApplyAsync(operation, cancellationToken);
    }

    /// <summary>Copies all rows, in key order, with their entity tags.</summary>
    public IReadOnlyList<TableRow> Snapshot()
    {
        lock (_lock)
        {
            return [.. _rows.Select(row => TableRowCopy.Of(row, row.ETag))];
        }
    }

    /// <summary>Puts back what <see cref="Snapshot"/> gave, entity tags included; tags given later are new all the same.</summary>
    public void Restore(IReadOnlyList<TableRow> rows)
    {
        lock (_lock)
        {
            _rows.Clear();
            _rows.AddRange(rows.Select(row => TableRowCopy.Of(row, row.ETag ?? NextTag())));
            _rows.Sort(TableRowOrder.Instance);
        }
    }

    private async ValueTask<TableWriteResult> ApplyAsync(TableOperation operation, CancellationToken cancellationToken)
    {
        await BeforeAsync(operation, cancellationToken);
        TableWriteResult result;
        lock (_lock)
        {
            ThrowIfMissing();
            result = Apply(operation.Writes);
        }

        await AfterAsync(operation with { Result = result }, cancellationToken);
        return result;
    }

    // Every condition is judged before the first change: a row occurs once, so no write can alter another's verdict.
    private TableWriteResult Apply(IReadOnlyList<TableWrite> writes)
    {
        for (var i = 0; i < writes.Count; i++)
        {
            if (Judge(writes[i]) is var outcome and not TableOutcome.Written)
            {
                return new TableWriteResult(outcome, FailedIndex: i);
            }
        }

        var tags = new string?[writes.Count];
        for (var i = 0; i < writes.Count; i++)
        {
            tags[i] = Change(writes[i]);
        }

        return new TableWriteResult(TableOutcome.Written, tags[^1], ETags: tags);
    }

    private TableOutcome Judge(TableWrite write)
    {
        var index = IndexOf(write.Row.PartitionKey, write.Row.RowKey);
        if (write.Kind is TableWriteKind.Insert)
        {
            return index < 0 ? TableOutcome.Written : TableOutcome.AlreadyExists;
        }

        if (index < 0)
        {
            return TableOutcome.NotFound;
        }

        if (!string.Equals(_rows[index].ETag, write.ETag, StringComparison.Ordinal))
        {
            return TableOutcome.Conflict;
        }

        if (write.Kind is TableWriteKind.Merge && !TableRules.Fits(TableRowCopy.Merged(_rows[index], write.Row, etag: null)))
        {
            throw new InvalidOperationException("The merged row is larger than the service keeps.");
        }

        return TableOutcome.Written;
    }

    private string? Change(TableWrite write)
    {
        var index = IndexOf(write.Row.PartitionKey, write.Row.RowKey);
        if (write.Kind is TableWriteKind.Delete)
        {
            _rows.RemoveAt(index);
            return null;
        }

        var tag = NextTag();
        if (index < 0)
        {
            _rows.Insert(~index, TableRowCopy.Of(write.Row, tag));
        }
        else
        {
            _rows[index] = write.Kind is TableWriteKind.Merge
                ? TableRowCopy.Merged(_rows[index], write.Row, tag)
                : TableRowCopy.Of(write.Row, tag);
        }

        return tag;
    }

    private int IndexOf(string partitionKey, string rowKey) =>
        _rows.BinarySearch(new TableRow(partitionKey, rowKey), TableRowOrder.Instance);

    private string NextTag() => string.Create(CultureInfo.InvariantCulture, $"W/\"{++_lastTag}\"");

    private void ThrowIfMissing()
    {
        if (!_exists)
        {
            throw new StoreUnavailableException($"The table {name} is missing; create it first.");
        }
    }

    private ValueTask BeforeAsync(TableOperation operation, CancellationToken cancellationToken) =>
        AtAsync(operation, cancellationToken);

    private ValueTask AfterAsync(TableOperation operation, CancellationToken cancellationToken) =>
        AtAsync(operation with { Moment = TableMoment.After }, cancellationToken);

    private async ValueTask AtAsync(TableOperation operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (hook is not null)
        {
            await hook(operation);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
