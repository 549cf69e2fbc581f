using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Tests.Maintenance;

/// <summary>
/// Due entries and the rows of maintenance have no tag: they say where to look, and when. Whatever a writer in the table makes them say,
/// no session ends by it, none is accepted by it, and maintenance goes on.
/// </summary>
public sealed class ForgedMaintenanceRowTests : MaintenanceFixture
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private static readonly object?[] WrongValues =
    [
        null, "", "x", "~", new string('f', 2_000), "ab\0c/d#?", -1, 0, 1, int.MaxValue, long.MinValue, long.MaxValue, true, false,
        Array.Empty<byte>(), new byte[40_000], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
    ];

    [Fact]
    public async Task Due_entries_for_rows_that_are_not_due_delete_none_of_them()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        var (ended, _) = await instance.CreateAsync();
        await instance.Sessions.RevokeAsync(ended, "signed-out", Never);
        var key = new IdempotencyKey("service:web", "k", new byte[32]);
        await instance.Sessions.CreateAsync(new NewSession { UserId = "bob" }, key, Never);
        Time.Advance(TimeSpan.FromMinutes(10));
        var rows = UserRows();
        var past = Now.AddDays(-2);
        Add([.. Sessions.Snapshot().Select(row => DueTable.Entry(row.PartitionKey, row.RowKey, past))]);
        Add(new TableRow("0", "astray"), new TableRow(DueTable.PartitionOf(past, "00"), new string('f', 500)), new TableRow("zz", new string('0', 32) + "s_"));

        await PurgeAsync();

        Assert.Equal(Texts(rows), Texts(UserRows()));
        Assert.True(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        StoreAudit.EveryRowHasAnEntry(UserRows(), Due.Snapshot(), Retention);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_its_due_entry_or_with_one_far_ahead_a_session_ends_all_the_same(bool isMoved)
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        Due.Restore(isMoved ? [DueTable.Entry(id.Locator.PartitionKey, id.Locator.RowKey, Now.AddYears(900))] : []);

        Time.Advance(TimeSpan.FromDays(2));
        await PurgeAsync();

        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        Assert.Equal(0, (await instance.Sessions.CountAsync(id.Locator.Partition, ReadConsistency.Strong, Never)).Count);

        // Only an entry that is gone is noticed. One far ahead keeps the row from being purged.
        var counts = await RebuildAsync();
        Assert.Equal(isMoved ? 0 : 1, counts[MaintenanceCount.DueDrift]);
        Assert.Equal(isMoved, (await PurgeAsync())[MaintenanceCount.SessionsPurged] == 0);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("run")]
    [InlineData("fence")]
    [InlineData("nothing")]
    public async Task A_forged_lease_keeps_no_run_from_its_ranges(string forged)
    {
        await PurgeOneAsync();
        Plant.Session("alice", Now.AddMinutes(30));
        Plant.Commit();
        Forge(RangesOf("purge"), row => forged switch
        {
            "owner" => Changed(Changed(row, "owner", "somebody"), "expires", DateTimeOffset.MaxValue),
            "run" => Changed(row, "run", long.MaxValue),
            "fence" => Changed(row, "fence", long.MaxValue),
            _ => new TableRow(row.PartitionKey, row.RowKey),
        });
        AdvancePastHourOf(Now.AddHours(1));

        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.SessionsPurged]);
        Assert.DoesNotContain(Sessions.Snapshot(), row => row.RowKey.StartsWith("s_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("purge")]
    [InlineData("rebuild")]
    [InlineData("live")]
    public async Task Whatever_a_row_of_a_run_or_range_says_maintenance_goes_on_and_sessions_stay(string job)
    {
        await using var instance = Instance();
        await PurgeOneAsync();
        Plant.Session("alice", Now.AddYears(20));
        Plant.Commit();
        await RebuildAsync();
        var users = UserRows();
        var good = Sessions.Snapshot();
        string[] names = [.. good.Where(IsOf(job)).SelectMany(row => row.Properties).Select(property => property.Key).Append("checkpoint").Distinct()];
        foreach (var name in names)
        {
            foreach (var wrong in WrongValues)
            {
                Sessions.Restore(good);
                Forge(IsOf(job), row => Changed(row, name, wrong));
                await instance.Maintenance.GetStatusAsync(Never);
                await instance.Maintenance.PurgeAsync(RunStart.Demanded, Never);
                await instance.Maintenance.RebuildAsync(RunStart.Demanded, Never);

                // A run that seems to be under way is joined until it is too old; then a new one begins.
                Time.Jump(Now.AddHours(25));
                Assert.True((await instance.Maintenance.PurgeAsync(RunStart.Demanded, Never)).IsFinished, $"{name} = {wrong ?? "nothing"}");
                Assert.True((await instance.Maintenance.RebuildAsync(RunStart.Demanded, Never)).IsFinished, $"{name} = {wrong ?? "nothing"}");
            }
        }

        Assert.Equal(Texts(users), Texts(UserRows()));
    }

    [Fact]
    public async Task A_forged_checkpoint_leaves_users_out_of_one_rebuild_only()
    {
        var session = Plant.Session("alice", Now.AddMinutes(30));
        Plant.Commit();
        await RebuildAsync();
        Due.Restore([]);
        Forge(RangesOf("rebuild"), row => Changed(Changed(row, "done", false), "checkpoint", "~"));

        Assert.Equal(0, (await RebuildAsync())[MaintenanceCount.DueDrift]);
        Assert.Equal(1, (await RebuildAsync())[MaintenanceCount.DueDrift]);
        Assert.Contains(Due.Snapshot(), entry => entry.RowKey == session.Locator.PartitionKey + session.Locator.RowKey);
    }

    [Fact]
    public async Task Forged_entries_of_the_quarantine_hide_no_session_and_stop_no_rebuild()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        var partition = Quarantine.From((int)(id.Locator.Partition >> 120));
        var odd = new string('x', 600);
        Add(
            new TableRow(partition, "1").Set("partition", id.Locator.PartitionKey).Set("row", id.Locator.RowKey),
            new TableRow(partition, "2").Set("partition", "a/b#\0").Set("row", odd),
            new TableRow(partition, "3").Set("partition", 5).Set("row", true),
            new TableRow(partition, "4"));

        await RebuildAsync();

        Assert.True(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        Assert.Single((await instance.Sessions.ListAsync(id.Locator.Partition, SessionListState.Live, 10, null, ReadConsistency.Strong, Never)).Sessions);
        Assert.DoesNotContain(Due.Snapshot(), row => row.RowKey == "1");
    }

    private static Func<TableRow, bool> IsOf(string job) =>
        row => row.PartitionKey == RangeRow.PartitionKey && row.RowKey.StartsWith(job, StringComparison.Ordinal);

    private static Func<TableRow, bool> RangesOf(string job) => row => IsOf(job)(row) && row.RowKey != job;

    private static TableRow Changed(TableRow row, string name, object? value)
    {
        var changed = new TableRow(row.PartitionKey, row.RowKey);
        foreach (var property in row.Properties.Where(property => property.Key != name))
        {
            changed.Set(property.Key, property.Value);
        }

        return changed.Set(name, value);
    }

    private static IEnumerable<string> Texts(IEnumerable<TableRow> rows) => rows.Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}");

    private IReadOnlyList<TableRow> UserRows() => [.. Sessions.Snapshot().Where(row => row.RowKey[1] == '_')];

    private void Add(params TableRow[] entries) => Due.Restore([.. Due.Snapshot(), .. entries]);

    // A purge with nothing to do takes no range.
    private async Task PurgeOneAsync()
    {
        Plant.Session("bob", Now.AddHours(-3));
        Plant.Commit();
        Assert.Equal(1, (await PurgeAsync())[MaintenanceCount.SessionsPurged]);
    }

    private void Forge(Func<TableRow, bool> which, Func<TableRow, TableRow> forge)
    {
        Assert.Contains(Sessions.Snapshot(), row => which(row));
        Sessions.Restore([.. Sessions.Snapshot().Select(row => which(row) ? forge(row) : row)]);
    }
}
