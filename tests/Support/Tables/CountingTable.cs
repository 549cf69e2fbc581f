using SessionCore.Tables;

namespace Support.Tables;

/// <summary>Counts the calls of each kind and the rows read and written: what a store charges for.</summary>
public sealed class CountingTable(ITable inner) : ITable
{
    private readonly int[] _calls = new int[Enum.GetValues<TableOperationKind>().Length];
    private int _rowsRead;
    private int _rowsWritten;

    /// <summary>Gets the calls of all kinds.</summary>
    public int TotalCalls => _calls.Sum();

    /// <summary>Gets the rows that reads gave.</summary>
    public int RowsRead => Volatile.Read(ref _rowsRead);

    /// <summary>Gets the rows that writes named, applied or not.</summary>
    public int RowsWritten => Volatile.Read(ref _rowsWritten);

    /// <summary>Gets the query of the page that was read last; null before the first.</summary>
    public TableQuery? LastQuery { get; private set; }

    /// <summary>Gets the calls of one kind.</summary>
    public int Calls(TableOperationKind kind) => Volatile.Read(ref _calls[(int)kind]);

    /// <summary>Starts again from nothing.</summary>
    public void Reset()
    {
        Array.Clear(_calls);
        LastQuery = null;
        Volatile.Write(ref _rowsRead, 0);
        Volatile.Write(ref _rowsWritten, 0);
    }

    public Task EnsureExistsAsync(CancellationToken cancellationToken)
    {
        Called(TableOperationKind.EnsureExists);
        return inner.EnsureExistsAsync(cancellationToken);
    }

    public async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        Called(TableOperationKind.Find);
        var row = await inner.FindAsync(partitionKey, rowKey, cancellationToken);
        Interlocked.Add(ref _rowsRead, row is null ? 0 : 1);
        return row;
    }

    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        Called(TableOperationKind.Query);
        LastQuery = query;
        var page = await inner.QueryAsync(query, cancellationToken);
        Interlocked.Add(ref _rowsRead, page.Rows.Count);
        return page;
    }

    public ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        Called(TableOperationKind.Write);
        Interlocked.Increment(ref _rowsWritten);
        return inner.WriteAsync(write, cancellationToken);
    }

    public ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        Called(TableOperationKind.WriteAll);
        Interlocked.Add(ref _rowsWritten, writes.Count);
        return inner.WriteAllAsync(writes, cancellationToken);
    }

    private void Called(TableOperationKind kind) => Interlocked.Increment(ref _calls[(int)kind]);
}
