using System.Security.Cryptography;
using SessionCore.Maintenance;
using SessionCore.Sessions;

namespace SessionCore.Tests.Maintenance;

/// <summary>A touch that was decided in time and is written late, against a purge that finds the session lapsed.</summary>
public sealed class PurgeRaceTests : MaintenanceFixture
{
    private const int Races = 10_000;

    [Fact]
    public async Task A_touch_that_was_confirmed_is_never_purged_before_its_new_end()
    {
        await using var instance = Instance();
        var users = (UserPurge)instance.Services.GetService(typeof(UserPurge))!;
        var touchWon = 0;
        for (var race = 0; race < Races; race++)
        {
            Sessions.Restore([]);
            Due.Restore([]);
            await instance.CreateAsync("alice");
            var id = new SessionId(Rows().Single().Locator);
            Time.Advance(TimeSpan.FromMinutes(59));
            var reading = await instance.Sessions.FindAsync(id, ReadConsistency.Strong, Never);
            var isLate = RandomNumberGenerator.GetInt32(8);
            var calls = 0;
            Hook = async operation =>
            {
                // The touch has read the clock. The rest of the hour and the grace pass while its write is on its way.
                if (operation is { Writes.Count: 1, RowKey: ['s', ..] } && Interlocked.Increment(ref calls) == 1)
                {
                    Time.Jump(Now.AddHours(2));
                }

                for (var i = 0; i < (operation.Writes.Count == 1 && operation.RowKey is ['s', ..] ? isLate : RandomNumberGenerator.GetInt32(4)); i++)
                {
                    await Task.Yield();
                }
            };
            var entry = new DueEntry(Entries().Single(), id.Locator.Partition, id.Locator.RowKey);

            // After the end that the purge reads, before the end that the touch writes.
            var rules = new DueRules(Now.AddMinutes(30), RevokedBefore.None, TimeSpan.FromDays(30));
            var touch = Task.Run(async () => await instance.Sessions.TouchAsync(reading, ipAddress: null, Never));
            var verdict = (await users.PurgeAsync([entry], rules, new MaintenanceTally(), Never)).Single();
            var touched = await touch;
            Hook = null;

            var row = Rows().SingleOrDefault();
            if (touched.Live is { } live && !touched.Degraded && live.Version > 1)
            {
                touchWon++;
                Assert.NotNull(row);
                Assert.Equal(live.IdleExpiresAt, row.IdleExpiresAt);
                Assert.NotEqual(DueAction.PurgeLapsed, verdict.Action);
            }
            else
            {
                Assert.Null(row);
                Assert.Equal(DueAction.PurgeLapsed, verdict.Action);
            }

            StoreAudit.HeadsAreExact(Sessions.Snapshot());
        }

        // Neither always wins, so the race was one.
        Assert.InRange(touchWon, Races / 100, Races - (Races / 100));
    }
}
