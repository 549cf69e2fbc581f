using System.Security.Cryptography;
using SessionCore.Maintenance;
using SessionCore.Sessions;

namespace SessionCore.Tests.Maintenance;

/// <summary>A process that dies in the middle: from one store call on it makes no other, and gives no lease back.</summary>
public sealed class KilledRunTests : MaintenanceFixture
{
    private const int Kills = 100;
    private const string Death = "The process has died.";

    [Fact]
    public async Task Killed_a_hundred_times_purge_and_rebuild_leave_nothing_expired_and_touch_nothing_live()
    {
        var live = PlantStore();
        AdvancePastHourOf(Now);
        for (var kill = 0; kill < Kills; kill++)
        {
            await RunKilledAsync(kill, callsToLive: RandomNumberGenerator.GetInt32(1, 400));
            Time.Advance(TimeSpan.FromMinutes(3));
        }

        await PurgeAsync();
        await RebuildAsync();

        var left = Rows().Select(session => session.Locator).ToHashSet();
        Assert.Superset(live, left);
        StoreAudit.HeadsAreExact(Sessions.Snapshot());
        StoreAudit.EveryRowHasAnEntry(Sessions.Snapshot(), Due.Snapshot(), TimeSpan.FromDays(30));
        StoreAudit.NothingExpiredIsLeft(Sessions.Snapshot(), Due.Snapshot(), TimeSpan.FromDays(30), Now.AddMinutes(-5));
        Assert.Equal(0, Drift(await RebuildAsync()));
    }

    [Fact]
    public async Task Killed_at_any_call_of_its_own_a_purge_can_be_run_again()
    {
        var isKilled = true;
        var call = 0;
        while (isKilled)
        {
            call++;
            Sessions.Restore([]);
            Due.Restore([]);
            Plant.Session("alice", Now);
            Plant.Session("alice", Now);
            Plant.Session("alice", Now.AddHours(5), dueAt: Now);
            Plant.Session("bob", Now, endedAt: Now, dueAt: Now);
            Plant.Commit();
            AdvancePastHourOf(Now);
            isKilled = await RunKilledAsync(kill: 0, call);
            Assert.True(isKilled || call > 20);
            Time.Advance(TimeSpan.FromMinutes(3));
            await PurgeAsync();

            Assert.Equal(2, Rows().Count);
            Assert.Equal(2, Entries().Count);
            Assert.Equal(1, await HeadCountAsync("alice"));
            StoreAudit.NothingExpiredIsLeft(Sessions.Snapshot(), Due.Snapshot(), TimeSpan.FromDays(30), Now.AddMinutes(-5));
        }
    }

    // Some of each: lapsed, live, renewed, ended long ago and recently; and damage for the rebuild.
    private HashSet<SessionLocator> PlantStore()
    {
        var live = new HashSet<SessionLocator>();
        for (var i = 0; i < 600; i++)
        {
            var user = $"user {i % 200}";
            Plant.Session(user, Now.AddMinutes(-(i % 300)));
            live.Add(Plant.Session(user, Now.AddHours(20 + (i % 5))).Locator);
            live.Add(Plant.Session(user, Now.AddHours(20), dueAt: Now.AddMinutes(-(i % 90))).Locator);
            Plant.Session(user, Now, endedAt: Now.AddDays(-40), dueAt: Now.AddMinutes(-i));
            live.Add(Plant.Session(user, Now, endedAt: Now.AddHours(-1), dueAt: Now).Locator);
        }

        Plant.Commit();
        var damaged = Sessions.Snapshot()
            .Where((row, i) => row.RowKey[0] != 'u' || i % 7 != 0)
            .Select((row, i) => row.RowKey[0] == 'u' && i % 5 == 0
                ? StorePlanter.WrongHead(UInt128.Parse(row.PartitionKey, System.Globalization.NumberStyles.AllowHexSpecifier, provider: null), row.GetString("user"), 77)
                : row)
            .ToArray();
        Sessions.Restore(damaged);
        Due.Restore([.. Due.Snapshot().Where((_, i) => i % 11 != 0)]);
        return live;
    }

    // Runs until a call is reached, and then never again: what comes after a death reaches no store.
    private async Task<bool> RunKilledAsync(int kill, int callsToLive)
    {
        var calls = 0;
        Hook = operation =>
        {
            var isDead = Interlocked.Increment(ref calls) > callsToLive;
            return isDead ? throw new InvalidOperationException(Death) : ValueTask.CompletedTask;
        };
        try
        {
            await using var instance = Instance();
            if (kill % 2 == 0)
            {
                await instance.Maintenance.PurgeAsync(RunStart.Demanded, Never);
            }
            else
            {
                await instance.Maintenance.RebuildAsync(RunStart.Demanded, Never);
            }

            return false;
        }
        catch (Exception exception) when (exception is InvalidOperationException { Message: Death } or AggregateException)
        {
            return true;
        }
        finally
        {
            Hook = null;
        }
    }
}
