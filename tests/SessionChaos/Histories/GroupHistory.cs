using System.Globalization;
using SessionChaos.Load;
using SessionChecking.Histories;
using SessionChecking.Workloads;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support.TableServer.Storage;
using Support.Tables;

namespace SessionChaos.Histories;

/// <summary>One group's calls and what the store made of them, as a history that the rules understand.</summary>
internal sealed class GroupHistory
{
    private readonly Dictionary<RawCall, Call> _calls = [];
    private readonly Dictionary<string, HeldToken> _tokens = new(StringComparer.Ordinal);
    private readonly HashSet<Call> _writers = [];
    private readonly Attribution _attribution;
    private readonly Truth _truth;
    private readonly GlobalOrder _order;
    private readonly KeyRing _keys;

    public GroupHistory(UserGroup group, GlobalOrder order, HistoryPlan plan, KeyRing keys)
    {
        Number = group.Number;
        _order = order;
        _keys = keys;
        _truth = new Truth(order, new Names());
        History = new History(plan, _truth, new Trace(order, isOn: false));
        foreach (var raw in group.Calls.OrderBy(call => call.Start))
        {
            Add(raw);
        }

        _attribution = new Attribution([.. _calls.Keys], keys);
    }

    /// <summary>Gets the group's number.</summary>
    public int Number { get; }

    public History History { get; }

    /// <summary>Takes note of a write to sessions.</summary>
    public void AppliedToSessions(LoggedWrite write, RowStore rows)
    {
        _order.GoTo(write.Record.At);
        var by = _attribution.Of(write) is { } raw ? _calls[raw] : null;
        if (by is not null)
        {
            _writers.Add(by);
        }

        _truth.AppliedToSessions(OperationOf(write.Record, write.Record.Writes), by, rows.Find);
    }

    /// <summary>Takes note of a write to what is due.</summary>
    public void AppliedToDue(LogRecord record, TableWrite write)
    {
        _order.GoTo(record.At);
        _truth.AppliedToDue(OperationOf(record, [write]));
    }

    /// <summary>Gives every call its answer, once all writes are known.</summary>
    public void ReadAnswers(AnswerReader reader)
    {
        foreach (var (raw, call) in _calls)
        {
            reader.Read(raw, call, _writers.Contains(call));
        }
    }

    /// <summary>What happened, for a person to read.</summary>
    public string Describe()
    {
        var lines = new List<(int Moment, string Text)>();
        foreach (var call in History.Calls)
        {
            lines.Add((call.Start, HistoryText.Asked(call, History.Names)));
            lines.Add((call.End, HistoryText.Answered(call, History.Names)));
        }

        lines.AddRange(_truth.Commits.Select(commit => (commit.Moment, $"    (#{commit.By?.Number}) {string.Join(", ", commit.Changes.Select(Text))}, {commit.LiveRows} live")));
        lines.AddRange(History.FailOvers.Select(failOver => (failOver.Moment, "    Redis failed over")));
        lines.Add((History.Calm, "    everything is calm"));
        return string.Join(Environment.NewLine, lines.OrderBy(line => line.Moment).Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Moment,8} {line.Text}")));

        string Text(RowChange change) => string.Create(CultureInfo.InvariantCulture, $"{History.Names.Of(change.Session)} v{change.After?.Version} {change.After?.EndReason}");
    }

    private static TableOperation OperationOf(LogRecord record, IReadOnlyList<TableWrite> writes) =>
        new(record.Table, TableOperationKind.WriteAll, TableMoment.After) { Writes = writes };

    private void Add(RawCall raw)
    {
        var call = new Call
        {
            Number = _calls.Count + 1,
            Client = raw.Client,
            Instance = raw.Instance,
            Kind = raw.Kind,
            Offset = TimeSpan.Zero,
            Start = _order.MomentOf(raw.Start),
            StartedAt = _order.TimeOf(raw.Start),
            End = _order.MomentOf(raw.End),
            EndedAt = _order.TimeOf(raw.End),
            Session = raw.Sid is not null && SessionId.TryParse(raw.Sid, out var id) ? id.Locator : null,
            Partition = raw.UserId is null ? null : SessionLocator.PartitionOf(raw.UserId),
            Token = raw.Token is null ? null : _tokens[raw.Token],
            IsStrong = raw.IsStrong,
            Mark = raw.Mark,
            Key = raw.Key,
            Detail = raw.IdleSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"idle {seconds}s") : null,
        };
        _calls.Add(raw, call);
        History.Add(call);
        if (raw.Status is 200 or 201 && raw.Kind is CallKind.Create or CallKind.Rotate or CallKind.RotateOwn or CallKind.Upgrade)
        {
            Hold(raw.Answer!.TextOf("token"), call); // a status means an answer
        }
    }

    private void Hold(string text, Call issuedBy)
    {
        if (SessionToken.Read(text, _keys, out var token) is not TokenVerdict.Genuine)
        {
            throw new InvalidDataException("A server issued a token that is none of its key ring's.");
        }

        _tokens.TryAdd(text, new HeldToken(_tokens.Count + 1, text, token, issuedBy));
    }
}
