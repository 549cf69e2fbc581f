using SessionCore.Tables;
using Support.Tables;

namespace Support.TableServer.Storage;

/// <summary>
/// Tables in memory with a log on disk. Every write is in the log before anybody can see it, and on the disk before it is
/// acknowledged, so a process that is killed at any instant loses nothing anybody knows of.
/// </summary>
/// <remarks>Calls take effect one at a time, and the log has the instant of each, so it shows the total order of all writes.</remarks>
public sealed class DurableTables : IAsyncDisposable
{
    private readonly Dictionary<string, InMemoryTable> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly WriteLog? _log;

    private DurableTables(WriteLog? log) => _log = log;

    /// <summary>Opens tables that are kept nowhere but here.</summary>
    /// <param name="filled">Tables that are there already, by their names.</param>
    public static DurableTables InMemory(params IReadOnlyList<(string Name, InMemoryTable Table)> filled)
    {
        var tables = new DurableTables(log: null);
        foreach (var (name, table) in filled)
        {
            tables._tables.Add(name, table);
        }

        return tables;
    }

    /// <summary>Opens the tables of a log, or none when there is no such file yet.</summary>
    public static async Task<DurableTables> OpenAsync(string path)
    {
        var tables = new DurableTables(WriteLog.Open(path));
        foreach (var record in LogFile.Read(path))
        {
            await tables.ReplayAsync(record);
        }

        return tables;
    }

    /// <summary>Creates a table.</summary>
    /// <returns>False when it is there already.</returns>
    public async ValueTask<bool> CreateAsync(string name)
    {
        long position;
        await _turn.WaitAsync();
        try
        {
            if (!_tables.TryAdd(name, new InMemoryTable(name)))
            {
                return false;
            }

            position = Append(name, []);
        }
        finally
        {
            _turn.Release();
        }

        await DurableAsync(position);
        return true;
    }

    /// <summary>Reads a row.</summary>
    /// <exception cref="StoreUnavailableException">There is no such table.</exception>
    public ValueTask<TableRow?> FindAsync(string table, string partitionKey, string rowKey) =>
        InTurnAsync(table, it => it.FindAsync(partitionKey, rowKey, CancellationToken.None));

    /// <summary>Reads a page.</summary>
    /// <exception cref="StoreUnavailableException">There is no such table.</exception>
    public ValueTask<TablePage> QueryAsync(string table, TableQuery query) =>
        InTurnAsync(table, it => it.QueryAsync(query, CancellationToken.None));

    /// <summary>Applies all writes or none.</summary>
    /// <exception cref="StoreUnavailableException">There is no such table.</exception>
    public async ValueTask<TableWriteResult> WriteAsync(string table, IReadOnlyList<TableWrite> writes)
    {
        var position = 0L;
        var result = await InTurnAsync(table, async it =>
        {
            var applied = await it.WriteAllAsync(writes, CancellationToken.None);
            position = applied.IsWritten ? Append(table, writes) : 0;
            return applied;
        });
        await DurableAsync(position);
        return result;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _log?.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<T> InTurnAsync<T>(string table, Func<InMemoryTable, ValueTask<T>> call)
    {
        await _turn.WaitAsync();
        try
        {
            return _tables.TryGetValue(table, out var found)
                ? await call(found)
                : throw new StoreUnavailableException($"There is no table {table}.");
        }
        finally
        {
            _turn.Release();
        }
    }

    private long Append(string table, IReadOnlyList<TableWrite> writes) =>
        _log?.Append(new LogRecord(TimeProvider.System.GetTimestamp(), table, writes).ToLine()) ?? 0;

    private ValueTask DurableAsync(long position) => _log?.DurableAsync(position) ?? ValueTask.CompletedTask;

    // The same writes in the same order get the same entity tags, which clients still hold.
    private async Task ReplayAsync(LogRecord record)
    {
        if (record.Writes.Count == 0)
        {
            _tables.TryAdd(record.Table, new InMemoryTable(record.Table));
        }
        else if (await _tables[record.Table].WriteAllAsync(record.Writes, CancellationToken.None) is { IsWritten: false } refused)
        {
            throw new InvalidDataException($"The log of {record.Table} does not fit together: {refused}");
        }
    }
}
