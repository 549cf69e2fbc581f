using SessionChecking.Histories;
using SessionChecking.Workloads;
using SessionCore.Tables;
using Support;
using Support.Tables;

namespace SessionChecking.Faults;

/// <summary>Stalls, loses and delays calls to a table, and reports every write to <see cref="Truth"/> when it takes effect.</summary>
internal sealed class TableFaults
{
    private readonly Network _network;
    private readonly Dice _dice;
    private readonly FaultMix _mix;
    private readonly Truth _truth;
    private readonly Trace _trace;
    private readonly List<(TableOperation Operation, Call? By)> _late = [];
    private readonly bool _isDue;
    private readonly PastFaults _past = new();

    public TableFaults(bool isDue, Network network, Dice dice, FaultMix mix, Truth truth, Trace trace)
    {
        _network = network;
        _dice = dice;
        _mix = mix;
        _truth = truth;
        _trace = trace;
        _isDue = isDue;
        Table = new InMemoryTable(isDue ? "due" : "sessions", AtAsync);
    }

    public InMemoryTable Table { get; }

    /// <summary>Lets one of the delayed writes take effect; false when there is none.</summary>
    public bool ApplyOneLate()
    {
        if (_late.Count == 0)
        {
            return false;
        }

        var index = _dice.Below(_late.Count);
        var (operation, by) = _late[index];
        _late.RemoveAt(index);
        var before = Caller.Current;
        Caller.Current = by;
        _past.Call(() => operation.Kind is TableOperationKind.Write
            ? Table.WriteAsync(operation.Writes[0], CancellationToken.None)
            : Table.WriteAllAsync(operation.Writes, CancellationToken.None));
        Caller.Current = before;
        return true;
    }

    private ValueTask AtAsync(TableOperation operation)
    {
        _truth.Names.Meet(operation);
        if (operation.Result is { IsWritten: true })
        {
            Applied(operation);
        }

        if (_past.IsUnderWay)
        {
            if (operation.Result is not null)
            {
                _trace.Add(operation, _truth, $"late: {operation.Result.Value.Outcome}");
            }

            return ValueTask.CompletedTask;
        }

        return operation.Moment is TableMoment.Before ? BeforeAsync(operation) : AfterAsync(operation);
    }

    private void Applied(TableOperation operation)
    {
        if (_isDue)
        {
            _truth.AppliedToDue(operation);
        }
        else
        {
            _truth.AppliedToSessions(operation, Caller.Current, row => _past.Call(() => Table.FindAsync(row.PartitionKey, row.RowKey, CancellationToken.None)));
        }
    }

    private async ValueTask BeforeAsync(TableOperation operation)
    {
        await _network.PassAsync();
        if (_network.Loses(_mix.TableShare))
        {
            _trace.Add(operation, _truth, "lost");
            throw new StoreUnavailableException("The table did not answer in time.");
        }

        if (operation.Writes.Count > 0 && _network.Delays(_mix.TableShare))
        {
            _trace.Add(operation, _truth, "held up");
            _late.Add((operation, Caller.Current));
            throw new StoreUnavailableException("The table did not answer in time.");
        }
    }

    private async ValueTask AfterAsync(TableOperation operation)
    {
        _trace.Add(operation, _truth);
        await _network.PassAsync();
        if (_network.LosesAnswer(_mix.TableShare))
        {
            _trace.Add(operation, _truth, "answer lost");
            throw new StoreUnavailableException("The table's answer did not arrive.");
        }
    }
}
