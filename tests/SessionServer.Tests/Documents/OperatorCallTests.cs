using Microsoft.Extensions.DependencyInjection;
using SessionCore.Events;
using SessionCore.Incidents;
using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Events;
using Support.Tables;
using Support.Time;

namespace SessionServer.Tests.Documents;

/// <summary>The calls of what operators do, counted on the real core with events and audit on, and kept in docs/performance.md.</summary>
public sealed class OperatorCallTests
{
    private const int Sessions = 20;

    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");
    private static readonly Dictionary<string, string?> Settings = new() { ["Events:Enabled"] = "true", ["Audit:Enabled"] = "true" };

    private readonly ManualTimeProvider _time = new();
    private readonly CountingTable _sessions = new(new InMemoryTable("sessions"));
    private readonly CountingTable _due = new(new InMemoryTable("sessiondue"));
    private readonly RecordingTarget _target = new();
    private readonly List<string> _rows = ["| operation | table reads | table writes | rows read | rows written |", "|---|---|---|---|---|"];

    [Fact]
    public async Task The_table_of_operators_calls_is_what_the_core_does()
    {
        await using var core = new CoreHarness(new SessionTables(_sessions, _due), cache: null, _time, settings: Settings, targets: _target);
        var ids = new List<SessionId>();
        for (var session = 0; session < Sessions; session++)
        {
            ids.Add((await core.CreateAsync()).Id);
        }

        await DeliverAsync(core);
        await CountFindsAsync(core, ids[0]);
        await CountOverviewAsync(core);
        await CountTimelinesAsync(core, ids[0]);
        await CountVerificationsAsync(core);
        await CountJobsAsync(core);
        await CountRevokeBeforeAsync(core);
        await CountReplaysAsync(core);

        Document.AssertPart("docs/performance.md", "calls-of-operators", _rows);
    }

    private async Task CountFindsAsync(CoreHarness core, SessionId id)
    {
        var search = core.Services.GetRequiredService<TokenSearch>();
        await CountAsync("find by sid", () => core.Sessions.FindAsync(id, ReadConsistency.Strong, Never).AsTask());
        await CountAsync("find by user, 20", () => core.Sessions.ListAsync(Alice, SessionListState.All, 100, null, ReadConsistency.Strong, Never));
        await CountAsync("find by token digest, none beside 20", () => search.FindAsync(new byte[TokenSearch.DigestBytes], continuation: null, Never).AsTask());
    }

    private async Task CountOverviewAsync(CoreHarness core)
    {
        var overview = core.Services.GetRequiredService<OverviewReader>();
        await CountAsync("overview", () => overview.RenderAsync(static _ => [], Never).AsTask());
        await CountAsync("overview, again within ten seconds", () => overview.RenderAsync(static _ => [], Never).AsTask());
    }

    private async Task CountTimelinesAsync(CoreHarness core, SessionId id)
    {
        var timeline = core.Services.GetRequiredService<Timeline>();
        await CountAsync("timeline of a user, 20 events", () => timeline.ReadUserAsync(Alice, 100, continuation: null, Never).AsTask());
        await CountAsync("timeline of a session, 1 of these", () => timeline.ReadSessionAsync(id, 100, continuation: null, Never).AsTask());
        var trail = core.Services.GetRequiredService<OperatorTrail>();
        await RecordAsync(trail);
        await CountAsync("record of an action, before it is made", () => RecordAsync(trail));
        await CountAsync("timeline of operators, 2 actions", () => timeline.ReadOperatorsAsync(100, continuation: null, Never).AsTask());
    }

    private async Task CountVerificationsAsync(CoreHarness core)
    {
        await CountAsync("verify the audit of a user, 20 records", () => core.Maintenance.VerifyUserAuditAsync(Alice, Never));
        await CountAsync("verify the whole audit, 22 records", () => core.Maintenance.VerifyAuditAsync(RunStart.Demanded, Never));
    }

    private async Task CountJobsAsync(CoreHarness core)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        SessionJob? job = null;
        await CountAsync("start a job", async () => job = await core.Jobs.CreateAsync(Ask(JobKind.Count), Never));
        await CountAsync("work on it: count 20", () => core.Jobs.RunAsync(Never));
        await CountAsync("progress of a job", () => core.Jobs.FindAsync(job!.Id, Never)); // started above
        await CountAsync("list 1 job", () => core.Jobs.ListAsync(Never));
        _time.Advance(TimeSpan.FromSeconds(1));
        await core.Jobs.CreateAsync(Ask(JobKind.Revoke), Never);
        await CountAsync("work on a job: end 20 of a user", () => core.Jobs.RunAsync(Never));
        await DeliverAsync(core);
    }

    private async Task CountRevokeBeforeAsync(CoreHarness core)
    {
        await CountAsync("revoke before an instant", () => core.Sessions.RevokeBeforeAsync(_time.GetUtcNow(), Never));
        await CountAsync("revoke before an earlier instant", () => core.Sessions.RevokeBeforeAsync(_time.GetUtcNow().AddHours(-1), Never));
        await DeliverAsync(core);
    }

    private async Task CountReplaysAsync(CoreHarness core)
    {
        await CountAsync("replay, nothing parked", () => core.Events.ReplayAsync(Never).AsTask());
        _target.IsUp = false;
        await core.CreateAsync("bob");
        for (var hour = 0; hour < 75; hour++)
        {
            await core.Events.RunOnceAsync(Never);
            _time.Advance(TimeSpan.FromHours(1));
        }

        await CountAsync("replay, 1 parked", () => core.Events.ReplayAsync(Never).AsTask());
    }

    private static CancellationToken Never => CancellationToken.None;

    private static JobRequest Ask(JobKind kind) => new(kind, new SessionFilter { CreatedFrom = DateTimeOffset.UnixEpoch })
    {
        Reason = kind is JobKind.Revoke ? "incident" : null,
        CallerId = "key:operator",
        CallerName = "operator",
    };

    private static Task RecordAsync(OperatorTrail trail) => trail.RecordAsync("purge", "key:operator", details: null, Never).AsTask();

    private static async Task DeliverAsync(CoreHarness core)
    {
        while (await core.Events.RunOnceAsync(Never) > 0)
        {
            // There may be more.
        }
    }

    private async Task CountAsync(string operation, Func<Task> act)
    {
        _sessions.Reset();
        _due.Reset();
        await act();
        var reads = ReadsOf(_sessions) + ReadsOf(_due);
        var writes = _sessions.TotalCalls + _due.TotalCalls - reads;
        _rows.Add($"| {operation} | {reads} | {writes} | {_sessions.RowsRead + _due.RowsRead} | {_sessions.RowsWritten + _due.RowsWritten} |");
    }

    private static int ReadsOf(CountingTable table) => table.Calls(TableOperationKind.Find) + table.Calls(TableOperationKind.Query);
}
