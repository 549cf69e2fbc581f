using SessionChecking.Schedules;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support.Tables;

namespace SessionChecking.Histories;

/// <summary>What the tables really held, write by write, as no instance sees it.</summary>
internal sealed class Truth(IMoments schedule, Names names)
{
    private readonly Dictionary<SessionLocator, Session> _sessions = [];
    private readonly Dictionary<UInt128, UserHead> _heads = [];
    private readonly Dictionary<string, List<string>> _due = new(StringComparer.Ordinal);
    private readonly List<Commit> _commits = [];
    private readonly Dictionary<SessionLocator, List<RowState>> _timelines = [];

    public Names Names { get; } = names;

    /// <summary>Gets every write to sessions and heads, in the order they took effect.</summary>
    public IReadOnlyList<Commit> Commits => _commits;

    /// <summary>Gets the states of each session's row, in the order they took effect.</summary>
    public IReadOnlyDictionary<SessionLocator, List<RowState>> Timelines => _timelines;

    /// <summary>The due hours that stand in the table for a session.</summary>
    public IReadOnlyList<string> DueHoursOf(SessionLocator session) =>
        _due.GetValueOrDefault(session.PartitionKey + session.RowKey) ?? [];

    /// <summary>Takes note of a write to the table of sessions.</summary>
    /// <param name="operation">The write, just applied.</param>
    /// <param name="by">Whose it is.</param>
    /// <param name="peek">Reads a row past all faults.</param>
    public void AppliedToSessions(TableOperation operation, Call? by, Func<TableRow, TableRow?> peek)
    {
        var moment = schedule.NextMoment;
        UInt128? partition = null;
        var changes = new List<RowChange>();
        foreach (var row in operation.Writes.Select(write => write.Row))
        {
            if (SessionLocator.TryParseKeys(row.PartitionKey, row.RowKey, out var locator))
            {
                partition = locator.Partition;
                changes.Add(ChangeOf(locator, peek(row), moment, by));
            }
            else if (row.RowKey.StartsWith("u_", StringComparison.Ordinal)
                && SessionLocator.TryParseKeys(row.PartitionKey, string.Concat("s_", row.RowKey.AsSpan(2)), out var head))
            {
                partition = head.Partition;
                SetHead(head.Partition, peek(row));
            }
        }

        if (partition is { } changed)
        {
            var live = _sessions.Values.Where(session => session.Locator.Partition == changed && !session.IsEnded).ToArray();
            var isNamed = _heads.TryGetValue(changed, out var head) ? head.Names(live) : live.Length == 0;
            _commits.Add(new Commit(moment, schedule.Now, by, changed, live.Length, isNamed, changes));
        }
    }

    /// <summary>Takes note of a write to the table of what is due.</summary>
    public void AppliedToDue(TableOperation operation)
    {
        foreach (var write in operation.Writes)
        {
            if (!_due.TryGetValue(write.Row.RowKey, out var hours))
            {
                hours = [];
                _due.Add(write.Row.RowKey, hours);
            }

            if (write.Kind is TableWriteKind.Delete)
            {
                hours.Remove(write.Row.PartitionKey[..10]);
            }
            else
            {
                hours.Add(write.Row.PartitionKey[..10]);
            }
        }
    }

    private RowChange ChangeOf(SessionLocator locator, TableRow? row, int moment, Call? by)
    {
        _ = Names.Of(locator);
        var before = _sessions.GetValueOrDefault(locator);
        var after = row is null ? null : SessionRow.Read(row);
        if (after is null)
        {
            _sessions.Remove(locator);
        }
        else
        {
            _sessions[locator] = after;
        }

        if (!_timelines.TryGetValue(locator, out var timeline))
        {
            timeline = [];
            _timelines.Add(locator, timeline);
        }

        timeline.Add(new RowState(moment, schedule.Now, after, by));
        return new RowChange(locator, before, after, IsReadable: row is null || after is not null, [.. DueHoursOf(locator)]);
    }

    private void SetHead(UInt128 partition, TableRow? row)
    {
        _ = Names.Of(partition);
        if (row is not null && UserHead.Read(partition, row) is { } head)
        {
            _heads[partition] = head;
        }
        else
        {
            _heads.Remove(partition);
        }
    }
}
