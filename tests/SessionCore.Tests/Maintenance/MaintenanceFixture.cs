using SessionCore.Maintenance;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using SessionCore.Tests.Storage;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Maintenance;

/// <summary>What the tests of maintenance share: tables with a hook, a cache, a clock that stands still, and instances over them.</summary>
public abstract class MaintenanceFixture
{
    private readonly IReadOnlyList<KeyOptions> _ring = KeyRing.Random();

    protected MaintenanceFixture()
    {
        Sessions = new InMemoryTable("sessions", operation => Hook?.Invoke(operation) ?? ValueTask.CompletedTask);
        Due = new InMemoryTable("sessiondue", operation => Hook?.Invoke(operation) ?? ValueTask.CompletedTask);
        CountedSessions = new CountingTable(Sessions);
        CountedDue = new CountingTable(Due);
        Cache = new InMemoryCache(Time);
        Tags = TagsOf.Ring(_ring);
        Plant = new StorePlanter(Sessions, Due, Tags);
    }

    internal static CancellationToken Never => CancellationToken.None;

    protected ManualTimeProvider Time { get; } = new();

    protected InMemoryTable Sessions { get; }

    protected InMemoryTable Due { get; }

    protected CountingTable CountedSessions { get; }

    protected CountingTable CountedDue { get; }

    protected InMemoryCache Cache { get; }

    protected Func<TableOperation, ValueTask>? Hook { get; set; }

    internal StorePlanter Plant { get; }

    internal RowTags Tags { get; }

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected int Calls => CountedSessions.TotalCalls + CountedDue.TotalCalls;

    /// <summary>Another instance over the same store.</summary>
    protected CoreHarness Instance(params (string Key, string Value)[] settings) => Instance(Time, settings);

    /// <summary>Another instance over the same store, with a clock of its own.</summary>
    protected CoreHarness Instance(TimeProvider time, params (string Key, string Value)[] settings) => new(
        new SessionTables(CountedSessions, CountedDue), Cache, time, _ring, settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));

    /// <summary>Sets the clock to when the entries of an hour are processed.</summary>
    protected void AdvancePastHourOf(DateTimeOffset due) =>
        Time.Jump(new DateTimeOffset(due.Year, due.Month, due.Day, due.Hour, 0, 0, TimeSpan.Zero).AddHours(1).AddMinutes(5));

    /// <summary>Moves the clock on, a little at a time, until a task that steps back between its tries has ended.</summary>
    protected async Task FinishAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await task;
    }

    protected async Task<IReadOnlyDictionary<MaintenanceCount, long>> PurgeAsync(params (string Key, string Value)[] settings)
    {
        await using var instance = Instance(settings);
        var report = await instance.Maintenance.PurgeAsync(RunStart.Demanded, Never);
        Assert.True(report.IsFinished);
        return report.Counts;
    }

    protected async Task<IReadOnlyDictionary<MaintenanceCount, long>> RebuildAsync(params (string Key, string Value)[] settings)
    {
        await using var instance = Instance(settings);
        var report = await instance.Maintenance.RebuildAsync(RunStart.Demanded, Never);
        Assert.True(report.IsFinished);
        return report.Counts;
    }

    protected static long Drift(IReadOnlyDictionary<MaintenanceCount, long> counts) =>
        counts[MaintenanceCount.HeadDrift] + counts[MaintenanceCount.DueDrift] + counts[MaintenanceCount.ListDrift];

    internal async Task<int> HeadCountAsync(string userId)
    {
        var partition = SessionLocator.PartitionOf(userId);
        var row = await Sessions.FindAsync(SessionLocator.Hex(partition), UserHead.RowKeyOf(partition), Never);
        return row is null ? 0 : (int)row.GetInt64("count")!.Value;
    }

    internal IReadOnlyList<Session> Rows() => [.. Sessions.Snapshot().Select(SessionRow.Read).OfType<Session>()];

    internal IReadOnlyList<TableRow> Entries() => Due.Snapshot();
}
