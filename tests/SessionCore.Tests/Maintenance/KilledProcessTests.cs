using System.Globalization;
using System.Security.Cryptography;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Tables;
using Support.Time;
using Xunit.Abstractions;

namespace SessionCore.Tests.Maintenance;

/// <summary>Processes that are killed in the middle of purges and rebuilds (SIGKILL: nothing is flushed, no lease is given back), on real Azurite.</summary>
public sealed class KilledProcessTests(ITestOutputHelper output)
{
    private const int Kills = 100;
    private const int AtOnce = 4;
    private const int Users = 400;
    private const int MalformedRows = 20;
    private const int LongestLifeMilliseconds = 700;

    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Killed_a_hundred_times_purge_and_rebuild_end_with_nothing_expired_and_nothing_live_touched()
    {
        var store = await ServerStore.CreateAsync();
        var live = await PlantAsync(store);
        var planted = (await ServerStore.ReadAllAsync(store.Tables.Sessions)).ToDictionary(KeyOf, TextOf);

        await Parallel.ForEachAsync(Enumerable.Range(0, Kills), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, token) =>
        {
            await using var victim = await store.StartMaintenanceAsync(
                ("Maintenance:LeaseTime", "00:00:10"), ("Maintenance:PurgeRanges", "128"), ("Maintenance:RebuildRanges", "64"));

            // How long it lives is chance.
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(LongestLifeMilliseconds)), TimeProvider.System, token);
            Assert.False(victim.HasExited);
            await victim.KillAsync();
        });
        var left = await ServerStore.ReadAllAsync(store.Tables.Sessions);
        var dead = left.Count(row => row.PartitionKey == RangeRow.PartitionKey && row.GetString("owner") is { Length: > 0 });
        var gone = planted.Keys.Except(left.Select(KeyOf)).Count();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Kills} killed; {gone} rows purged by then, {dead} ranges held by the dead"));

        // They did some of the work, and died with ranges in their hands.
        Assert.InRange(gone, 1, planted.Count - live.Count);
        Assert.InRange(dead, 1, int.MaxValue);

        // One more purge and rebuild, by a clock that has every lease of the dead expired.
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await using var last = new CoreHarness(store.Tables, cache: null, clock, store.Ring);
        await RunAsync(() => last.Maintenance.PurgeAsync(RunStart.Demanded, CancellationToken.None));
        await RunAsync(() => last.Maintenance.RebuildAsync(RunStart.Demanded, CancellationToken.None));
        var again = await RunAsync(() => last.Maintenance.RebuildAsync(RunStart.Demanded, CancellationToken.None));

        var sessions = await ServerStore.ReadAllAsync(store.Tables.Sessions);
        var due = await ServerStore.ReadAllAsync(store.Tables.Due);
        var entries = due.Where(entry => !entry.PartitionKey.StartsWith("quarantine-", StringComparison.Ordinal)).ToList();
        var after = sessions.ToDictionary(KeyOf, TextOf);
        Assert.All(live, key => Assert.Equal(planted[key], after[key]));
        Assert.Equal(live, sessions.Where(row => StoreAudit.DueAt(row, Retention) is not null).Select(KeyOf).ToHashSet());
        StoreAudit.HeadsAreExact(sessions);
        StoreAudit.EveryRowHasAnEntry(sessions, entries, Retention);
        StoreAudit.NothingExpiredIsLeft(sessions, entries, Retention, _now.AddMinutes(-5));
        Assert.Equal(live, [.. entries.Select(entry => entry.RowKey[..32] + "/" + entry.RowKey[32..])]);
        Assert.Equal(MalformedRows, due.Count - entries.Count);
        Assert.Equal(0, again[MaintenanceCount.HeadDrift] + again[MaintenanceCount.DueDrift] + again[MaintenanceCount.ListDrift]);
    }

    private static UInt128 PartitionOf(TableRow row) =>
        SessionLocator.TryParseHex(row.PartitionKey, out var partition) ? partition : throw new FormatException(row.PartitionKey);

    private static string KeyOf(TableRow row) => row.PartitionKey + "/" + row.RowKey;

    // Without the entity tag: a rebuild that puts a head in its place writes the rows beside it as they are.
    private static string TextOf(TableRow row) => string.Join(
        ' ',
        row.Properties.OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => $"{property.Key}={(property.Value is byte[] bytes ? Convert.ToHexString(bytes) : property.Value)}"));

    // The first ends the run that the dead have left; the second is a whole one.
    private static async Task<IReadOnlyDictionary<MaintenanceCount, long>> RunAsync(Func<Task<MaintenanceReport>> run)
    {
        Assert.True((await run()).IsFinished);
        var whole = await run();
        Assert.True(whole.IsFinished);
        return whole.Counts;
    }

    // Of each user two lapsed, one live, one renewed, one ended long ago and one ended recently; and damage for the rebuild. Returns
    // what must stay.
    private async Task<HashSet<string>> PlantAsync(ServerStore store)
    {
        var past = _now.AddHours(-3);
        var plant = new StorePlanter(new InMemoryTable(), new InMemoryTable(), store.Tags);
        var keep = new List<Session>();
        for (var i = 0; i < Users; i++)
        {
            var user = string.Create(CultureInfo.InvariantCulture, $"user {i}");
            plant.Session(user, past);
            plant.Session(user, past);
            keep.Add(plant.Session(user, _now.AddHours(20)));
            keep.Add(plant.Session(user, _now.AddHours(20), dueAt: past));
            plant.Session(user, past, endedAt: _now.AddDays(-31), dueAt: past);
            keep.Add(plant.Session(user, past, endedAt: _now.AddHours(-1), dueAt: _now.AddHours(-1).Add(Retention)));
        }

        var (sessions, due) = plant.Take();

        // Of seven users one has no head, and one a wrong one.
        var heads = sessions.Where(row => row.RowKey[0] == 'u').Where((_, i) => i % 7 != 0)
            .Select((row, i) => i % 6 == 0 ? StorePlanter.WrongHead(PartitionOf(row), row.GetString("user"), 77) : row);
        var malformed = Enumerable.Range(0, MalformedRows)
            .Select(_ => new TableRow(SessionLocator.Hex(SessionLocator.NewId()), "s_" + SessionLocator.Hex(SessionLocator.NewId())).Set("state", "live"));
        var unwatched = keep.Where((_, i) => i % 11 == 0).Select(session => session.Locator.PartitionKey + session.Locator.RowKey).ToHashSet();
        await ServerStore.InsertAsync(store.Tables.Due, due.Where(entry => !unwatched.Contains(entry.RowKey)));
        await ServerStore.InsertAsync(
            store.Tables.Sessions, [.. sessions.Where(row => row.RowKey[0] != 'u'), .. heads, .. malformed]);
        return [.. keep.Select(session => session.Locator.PartitionKey + "/" + session.Locator.RowKey)];
    }
}
