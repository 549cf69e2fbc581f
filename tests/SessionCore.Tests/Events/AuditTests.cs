using SessionCore.Maintenance;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;
using Support.Events;
using Support.Tables;

namespace SessionCore.Tests.Events;

/// <summary>Delivered events stay as a timeline, each exactly once, for as long as their retention.</summary>
public sealed class AuditTests
{
    private readonly AuditFixture _audit = new();

    private EventsFixture World => _audit.World;

    [Fact]
    public async Task A_timeline_has_pending_and_recorded_events_newest_first()
    {
        var target = new RecordingTarget();
        await using var core = _audit.Instance(target);
        var id = await SignedOutAsync(core);

        var page = await AuditFixture.TimelineOfAsync(core, AuditFixture.Alice);
        Assert.Equal([SessionEventTypes.SignedOutEverywhere, SessionEventTypes.Rotated, SessionEventTypes.Created], page.Entries.Select(entry => entry.Event.Type));
        Assert.Equal([null, 2, 1], page.Entries.Select(entry => entry.Number));
        Assert.Null(page.Continuation);
        Assert.Equal(3, (await Core(core).ReadSessionAsync(id, 10, continuation: null, AuditFixture.Never)).Entries.Count);
        Assert.Equal(2, target.Got.Count(got => got.Subject == id.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task An_event_that_is_recorded_while_a_page_is_read_comes_once(int pageSize)
    {
        await using var core = _audit.Instance();
        await SignedOutAsync(core);
        var queries = 0;
        World.AtTable = async operation =>
        {
            if (operation is { Kind: TableOperationKind.Query, Moment: TableMoment.Before } && ++queries == 3)
            {
                await EventsFixture.DeliverAsync(core); // what is pending and what is parked was read, the chain was not
            }
        };

        var page = await AuditFixture.TimelineOfAsync(core, AuditFixture.Alice, pageSize);

        Assert.Empty(await World.EventsAsync(core));
        string[] all = [SessionEventTypes.SignedOutEverywhere, SessionEventTypes.Rotated, SessionEventTypes.Created];
        Assert.Equal(all.Take(pageSize), page.Entries.Select(entry => entry.Event.Type));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Pages_bring_every_entry_once(int pageSize)
    {
        await using var core = _audit.Instance();
        var id = await AuditFixture.RecordAsync(core, rotations: 4);
        for (var i = 0; i < 4; i++)
        {
            World.Time.Advance(TimeSpan.FromSeconds(1));
            await core.Sessions.RotateAsync(id, new RotationRequest(), AuditFixture.Never);
        }

        var (ids, continuation) = (new List<string>(), (string?)null);
        do
        {
            var page = await AuditFixture.TimelineOfAsync(core, AuditFixture.Alice, pageSize, continuation);
            Assert.InRange(page.Entries.Count, 0, pageSize);
            ids.AddRange(page.Entries.Select(entry => entry.Event.Id));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(9, ids.Count);
        Assert.Equal(9, ids.Distinct().Count());
        Assert.True((await AuditFixture.TimelineOfAsync(core, AuditFixture.Alice, pageSize, "nonsense!")).IsContinuationRefused);
    }

    [Fact]
    public async Task Another_instance_that_moves_the_same_event_cannot_fork_the_chain()
    {
        await using var one = _audit.Instance();
        await using var other = _audit.Instance();
        var id = await AuditFixture.RecordAsync(one);
        await one.Sessions.RevokeAsync(id, EndReasons.Revoked, AuditFixture.Never);
        var row = (await World.EventsAsync(one)).Single();
        var (first, second) = (Chain(one), Chain(other));
        var isMoved = false;
        World.AtTable = async operation =>
        {
            if (!isMoved && operation.Moment is TableMoment.Before && operation.Writes.Any(write => AuditRow.Is(write.Row)))
            {
                isMoved = true;
                Assert.True(await second.AppendAsync(row.PartitionKey, row.Event, row.Removal(), AuditFixture.Never));
            }
        };

        Assert.False(await first.AppendAsync(row.PartitionKey, row.Event, row.Removal(), AuditFixture.Never));

        Assert.Equal(5, _audit.LinksOf(AuditFixture.Alice).Count);
        Assert.Empty(await AuditFixture.FaultsOfAsync(one, AuditFixture.Alice));
    }

    [Fact]
    public async Task The_purge_takes_records_when_they_are_due_and_the_chain_still_verifies()
    {
        await using var core = _audit.Instance();
        var id = await AuditFixture.RecordAsync(core, rotations: 150);
        World.Time.Advance(TimeSpan.FromDays(60));
        await core.CreateAsync();
        await EventsFixture.DeliverAsync(core);
        World.Time.Advance(TimeSpan.FromDays(31));

        var report = await core.Maintenance.PurgeAsync(RunStart.Demanded, AuditFixture.Never);
        await EventsFixture.DeliverAsync(core);

        Assert.Equal(152, report.Counts[MaintenanceCount.AuditPurged]);
        Assert.All(_audit.LinksOf(AuditFixture.Alice), link => Assert.True(link.Event.At > World.Time.GetUtcNow() - TimeSpan.FromDays(90)));
        Assert.Empty(await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
        var oldest = _audit.LinksOf(AuditFixture.Alice)[^1].RowKey;
        _audit.Tamper(rows => rows.Where(row => row.RowKey != oldest));
        Assert.Equal([AuditFault.Missing], await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
        Assert.NotEqual(default, id);
    }

    [Fact]
    public async Task The_timeline_outlives_the_session_and_ends_with_its_retention()
    {
        await using var core = _audit.Instance();
        var id = await AuditFixture.RecordAsync(core);
        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, AuditFixture.Never);
        await EventsFixture.DeliverAsync(core);
        for (var i = 0; i < 4; i++)
        {
            World.Time.Advance(TimeSpan.FromDays(20));
            await core.Maintenance.PurgeAsync(RunStart.Demanded, AuditFixture.Never);
            await core.Maintenance.RebuildAsync(RunStart.Demanded, AuditFixture.Never);
        }

        Assert.DoesNotContain(World.Sessions.Snapshot(), row => row.RowKey == id.Locator.RowKey);
        Assert.Equal(5, _audit.LinksOf(AuditFixture.Alice).Count);
        Assert.Empty(await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
        for (var i = 0; i < 14; i++)
        {
            World.Time.Advance(TimeSpan.FromDays(10));
            await core.Maintenance.PurgeAsync(RunStart.Demanded, AuditFixture.Never);
            await EventsFixture.DeliverAsync(core);
        }

        Assert.DoesNotContain(World.Sessions.Snapshot(), row => AuditRow.Is(row) || AuditHead.Is(row.RowKey));
        Assert.Empty(World.Due.Snapshot());
    }

    [Fact]
    public async Task The_rebuild_keeps_chains_and_puts_their_due_entries_back()
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);
        var chains = World.Sessions.Snapshot().Count(row => AuditRow.Is(row) || AuditHead.Is(row.RowKey));
        World.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(0, (await core.Maintenance.RebuildAsync(RunStart.Demanded, AuditFixture.Never)).Counts[MaintenanceCount.DueDrift]);
        Assert.Equal(0, (await core.Maintenance.RebuildUserAsync(AuditFixture.Alice, AuditFixture.Never))[MaintenanceCount.DueDrift]);
        World.Due.Restore([.. World.Due.Snapshot().Where(entry => !entry.RowKey.Contains("c_", StringComparison.Ordinal))]);

        var report = await core.Maintenance.RebuildAsync(RunStart.Demanded, AuditFixture.Never);

        Assert.Equal(2, report.Counts[MaintenanceCount.DueDrift]);
        Assert.Equal(0, report.Counts[MaintenanceCount.Malformed]);
        Assert.Equal(chains, World.Sessions.Snapshot().Count(row => AuditRow.Is(row) || AuditHead.Is(row.RowKey)));
        Assert.Empty(await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
    }

    [Fact]
    public async Task A_chain_goes_on_under_the_next_key_and_verifies_while_the_ring_has_both()
    {
        var old = KeyRing.Random()[0];
        var next = new KeyOptions { Id = 2, Key = KeyRing.Random()[0].Key, State = KeyState.Active };
        var settings = new Dictionary<string, string?> { ["Events:Enabled"] = "true", ["Audit:Enabled"] = "true" };
        await using (var before = new CoreHarness(new SessionTables(World.Sessions, World.Due), cache: null, World.Time, [old], settings))
        {
            await AuditFixture.RecordAsync(before);
        }

        World.Time.Advance(TimeSpan.FromMinutes(1));
        var both = new[] { new KeyOptions { Id = old.Id, Key = old.Key, State = KeyState.Read }, next };
        await using var after = new CoreHarness(new SessionTables(World.Sessions, World.Due), cache: null, World.Time, both, settings);
        await after.CreateAsync();
        await EventsFixture.DeliverAsync(after);
        Assert.Equal(5, _audit.LinksOf(AuditFixture.Alice).Count);
        Assert.Empty(await AuditFixture.FaultsOfAsync(after, AuditFixture.Alice));

        await using var without = new CoreHarness(new SessionTables(World.Sessions, World.Due), cache: null, World.Time, [next], settings);
        Assert.Equal([AuditFault.Altered], await AuditFixture.FaultsOfAsync(without, AuditFixture.Alice));
    }

    [Fact]
    public async Task Without_the_audit_nothing_stays()
    {
        await using var core = World.Instance();
        await AuditFixture.RecordAsync(core);

        Assert.DoesNotContain(World.Sessions.Snapshot(), row => AuditRow.Is(row) || AuditHead.Is(row.RowKey));
    }

    // A session of Alice whose creation and rotation are recorded, and whose end is not yet.
    private async Task<SessionId> SignedOutAsync(CoreHarness core)
    {
        var id = await AuditFixture.RecordAsync(core, rotations: 1);
        World.Time.Advance(TimeSpan.FromSeconds(1));
        await core.Sessions.RevokeAllAsync(AuditFixture.Alice, except: null, EndReasons.SignedOut, dryRun: false, AuditFixture.Never);
        return id;
    }

    private static SessionCore.Events.Timeline Core(CoreHarness core) =>
        (SessionCore.Events.Timeline)core.Services.GetService(typeof(SessionCore.Events.Timeline))!; // registered with events

    private static AuditChain Chain(CoreHarness core) => (AuditChain)core.Services.GetService(typeof(AuditChain))!; // registered with the core
}
