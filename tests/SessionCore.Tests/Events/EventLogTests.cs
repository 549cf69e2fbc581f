using Microsoft.Extensions.DependencyInjection;
using SessionCore.Events.Log;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;

namespace SessionCore.Tests.Events;

/// <summary>The event log: order, cursors, completeness, retention.</summary>
public sealed class EventLogTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly EventsFixture _fixture = new();

    [Fact]
    public async Task A_change_is_read_at_once_and_once()
    {
        await using var core = Instance();
        var begin = await LogOf(core).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never);
        var (id, _) = await core.CreateAsync();
        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);

        var read = await LogOf(core).ReadAsync(begin.Cursor, 10, TimeSpan.Zero, Never);

        Assert.Empty(begin.Events);
        Assert.Equal([SessionEventTypes.Created, SessionEventTypes.Ended], read.Events.Select(told => told.Event.Type));
        Assert.Equal(_fixture.Time.GetUtcNow(), read.CompleteAsOf);
        Assert.Empty((await LogOf(core).ReadAsync(read.Cursor, 10, TimeSpan.Zero, Never)).Events);
    }

    [Fact]
    public async Task Delivery_removes_an_event_only_after_the_log_has_it()
    {
        await using var core = Instance();
        await core.CreateAsync();
        await EventsFixture.DeliverAsync(core);
        Assert.Empty(await _fixture.EventsAsync(core));

        await using var other = Instance();
        var read = await LogOf(other).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never);

        Assert.Equal(SessionEventTypes.Created, Assert.Single(read.Events).Event.Type);
    }

    [Fact]
    public async Task Instances_that_read_at_the_same_time_append_each_event_once()
    {
        await using var one = Instance();
        await using var other = Instance();
        for (var i = 0; i < 30; i++)
        {
            await one.CreateAsync($"user-{i}");
        }

        var readings = await Task.WhenAll(
            LogOf(one).ReadAsync(cursor: null, 100, TimeSpan.Zero, Never), LogOf(other).ReadAsync(cursor: null, 100, TimeSpan.Zero, Never));

        Assert.All(readings, read => Assert.Equal(30, read.Events.Select(told => told.Event.Id).Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(30, _fixture.Due.Snapshot().Count(row => row.PartitionKey.StartsWith("event-log-", StringComparison.Ordinal) && row.RowKey != EventLogHead.RowKey));
    }

    [Fact]
    public async Task Pages_hold_every_event_in_order_and_tell_completeness_only_at_the_end()
    {
        await using var core = Instance();
        for (var i = 0; i < 25; i++)
        {
            var (id, _) = await core.CreateAsync($"user-{i}");
            await core.Sessions.RotateAsync(id, new RotationRequest(), Never);
        }

        var seen = new List<SessionEvent>();
        EventLogReading? page = null;
        do
        {
            page = await LogOf(core).ReadAsync(page?.Cursor, 7, TimeSpan.Zero, Never);
            seen.AddRange(page.Events.Select(told => told.Event));
            Assert.InRange(page.Events.Count, 1, 7);
            Assert.Equal(page.HasMore, page.CompleteAsOf is null);
        }
        while (page.HasMore);

        Assert.Equal(50, seen.Count);
        Assert.All(seen.GroupBy(told => told.Subject), session => Assert.Equal([SessionEventTypes.Created, SessionEventTypes.Rotated], session.Select(told => told.Type)));
    }

    [Fact]
    public async Task A_page_of_one_event_skips_none_of_another_lane()
    {
        await using var core = Instance();
        for (var i = 0; i < 12; i++)
        {
            await core.CreateAsync($"user-{i}");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        EventLogReading? page = null;
        do
        {
            page = await LogOf(core).ReadAsync(page?.Cursor, 1, TimeSpan.Zero, Never);
            ids.Add(Assert.Single(page.Events).Event.Id);
        }
        while (page.HasMore);

        Assert.Equal(12, ids.Count);
    }

    [Fact]
    public async Task A_partition_that_does_not_answer_keeps_the_log_from_being_complete()
    {
        await using var core = Instance();
        var begin = await LogOf(core).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never);
        var (id, _) = await core.CreateAsync();
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        _fixture.AtTable = operation => operation is { Kind: Support.Tables.TableOperationKind.Query } && operation.PartitionKey == id.Locator.PartitionKey
            ? throw new StoreUnavailableException("down")
            : ValueTask.CompletedTask;
        var read = await LogOf(core).ReadAsync(begin.Cursor, 10, TimeSpan.Zero, Never);
        _fixture.AtTable = null;

        Assert.Empty(read.Events);
        Assert.Equal(begin.CompleteAsOf, read.CompleteAsOf);
        Assert.Single((await LogOf(core).ReadAsync(read.Cursor, 10, TimeSpan.Zero, Never)).Events);
    }

    [Fact]
    public async Task A_reader_that_waits_sees_what_another_instance_changes()
    {
        await using var one = Instance();
        await using var other = Instance();
        var begin = await LogOf(one).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never);
        var waiting = LogOf(one).ReadAsync(begin.Cursor, 10, TimeSpan.FromSeconds(25), Never);
        await other.CreateAsync();

        var changedAt = _fixture.Time.GetUtcNow();
        await _fixture.Time.AdvanceUntilAsync(waiting);

        Assert.Single((await waiting).Events);
        Assert.InRange(_fixture.Time.GetUtcNow() - changedAt, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_reader_that_waits_in_vain_learns_how_complete_its_knowledge_is()
    {
        await using var core = Instance();
        var begin = await LogOf(core).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never);
        var askedAt = _fixture.Time.GetUtcNow();
        var waiting = LogOf(core).ReadAsync(begin.Cursor, 10, TimeSpan.FromSeconds(2), Never);
        await _fixture.Time.AdvanceUntilAsync(waiting);

        var read = await waiting;
        Assert.Empty(read.Events);
        Assert.InRange(read.CompleteAsOf!.Value, askedAt + TimeSpan.FromSeconds(2), _fixture.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_cursor_is_bound_to_its_deployment_and_its_log()
    {
        await using var core = Instance();
        await using var foreign = new EventsFixture().Instance(isOn: true, Settings);
        var cursor = (await LogOf(core).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never)).Cursor;

        Assert.Equal(EventLogOutcome.CursorForeign, (await LogOf(foreign).ReadAsync(cursor, 10, TimeSpan.Zero, Never)).Outcome);
        Assert.Equal(EventLogOutcome.CursorMalformed, (await LogOf(core).ReadAsync(cursor[..^1], 10, TimeSpan.Zero, Never)).Outcome);
        foreach (var head in _fixture.Due.Snapshot().Where(row => row.RowKey == EventLogHead.RowKey))
        {
            await _fixture.Due.WriteAsync(TableWrite.Delete(head.PartitionKey, head.RowKey, head.ETag!), Never);
        }

        Assert.Equal(EventLogOutcome.CursorExpired, (await LogOf(core).ReadAsync(cursor, 10, TimeSpan.Zero, Never)).Outcome);
    }

    [Fact]
    public async Task Events_past_the_retention_go_and_their_cursor_expires()
    {
        await using var core = Instance();
        var cursor = (await LogOf(core).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never)).Cursor;
        await core.CreateAsync("old");
        await EventsFixture.DeliverAsync(core);
        _fixture.Time.Advance(TimeSpan.FromMinutes(20));
        await core.CreateAsync("new");
        await EventsFixture.DeliverAsync(core);
        Assert.Equal(2, (await LogOf(core).ReadAsync(cursor, 10, TimeSpan.Zero, Never)).Events.Count);
        _fixture.Time.Advance(TimeSpan.FromMinutes(20));
        await EventsFixture.DeliverAsync(core);

        var kept = await LogOf(core).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never);
        Assert.Single(kept.Events);
        Assert.True(kept.HeldSince > _fixture.Time.GetUtcNow() - TimeSpan.FromMinutes(41));
        Assert.Equal(EventLogOutcome.CursorExpired, (await LogOf(core).ReadAsync(cursor, 10, TimeSpan.Zero, Never)).Outcome);
        Assert.Single(_fixture.Due.Snapshot(), row => row.PartitionKey.StartsWith("event-log-", StringComparison.Ordinal) && row.RowKey != EventLogHead.RowKey);
    }

    [Fact]
    public async Task A_reader_without_a_cursor_begins_at_a_time()
    {
        await using var writer = Instance();
        for (var i = 0; i < 40; i++)
        {
            await writer.CreateAsync($"user-{i}");
            await LogOf(writer).ReadAsync(cursor: null, 1, TimeSpan.Zero, Never);
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await using var core = Instance();
        var since = _fixture.Time.GetUtcNow() - TimeSpan.FromSeconds(10);
        Assert.Equal(10, (await LogOf(core).ReadSinceAsync(since, 100, Never)).Events.Count);
        Assert.Equal(40, (await LogOf(core).ReadSinceAsync(since - TimeSpan.FromHours(1), 100, Never)).Events.Count);
        Assert.Empty((await LogOf(core).ReadSinceAsync(since + TimeSpan.FromHours(1), 100, Never)).Events);
    }

    [Fact]
    public async Task A_row_of_another_writer_stops_the_reader_and_is_never_told()
    {
        await using var core = Instance();
        await core.CreateAsync();
        await EventsFixture.DeliverAsync(core);
        var row = _fixture.Due.Snapshot().Single(row => row.PartitionKey.StartsWith("event-log-", StringComparison.Ordinal) && row.RowKey != EventLogHead.RowKey);
        await _fixture.Due.WriteAsync(TableWrite.Merge(new TableRow(row.PartitionKey, row.RowKey).Set("type", "session.rotated"), row.ETag!), Never);

        await using var other = Instance();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => LogOf(other).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never));
    }

    [Fact]
    public async Task The_log_is_off_by_default()
    {
        await using var core = _fixture.Instance();
        await core.CreateAsync();
        await EventsFixture.DeliverAsync(core);

        Assert.Equal(EventLogOutcome.Off, (await LogOf(core).ReadAsync(cursor: null, 10, TimeSpan.Zero, Never)).Outcome);
        Assert.DoesNotContain(_fixture.Due.Snapshot(), row => row.PartitionKey.StartsWith("event-log-", StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> Settings => new() { ["Events:Log:Enabled"] = "true", ["Events:Log:Retention"] = "00:30:00" };

    private CoreHarness Instance() => _fixture.Instance(isOn: true, Settings);

    private static EventLog LogOf(CoreHarness core) => core.Services.GetRequiredService<EventLog>();
}
