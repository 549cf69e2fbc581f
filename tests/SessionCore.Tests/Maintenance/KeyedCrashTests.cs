using SessionCore.Maintenance;
using SessionCore.Sessions;
using Support;
using Support.Tables;

namespace SessionCore.Tests.Maintenance;

/// <summary>An instance dies between any two steps of a write under a key: what it leaves is found, or harmless and purged.</summary>
public sealed class KeyedCrashTests : MaintenanceFixture
{
    public static TheoryData<string> Scenarios =>
        ["create", "create for a user", "move", "anew", "anew for a user", "anew after a user's", "end", "end a user's", "occupy"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task It_leaves_nothing_that_no_key_finds_and_no_list_shows(string scenario)
    {
        for (var step = 0; ; step++)
        {
            var key = CoreHarness.KeyOf($"{scenario}/{step}");
            var user = $"{scenario}/{step}";
            await PrepareAsync(scenario, key, user);
            if (await RunUntilAsync(step, scenario, key, user))
            {
                return;
            }

            await using var next = Instance();
            await AssertNothingIsLostAsync(next, key, user);

            // Whoever reserved a place may still be under way; after that time the key answers again.
            Time.Advance(TimeSpan.FromMinutes(1));
            var isEnded = scenario.StartsWith("end", StringComparison.Ordinal);
            var saving = next.SaveAsync(key, """{"after":1}""");
            await FinishAsync(saving);
            var saved = await saving;
            Assert.True(saved.Outcome is KeyedOutcome.Created or KeyedOutcome.Changed || (isEnded && saved.Outcome is KeyedOutcome.Ended), $"{step}: {saved.Outcome}");
            Assert.Equal(saved.Outcome is KeyedOutcome.Ended ? null : """{"after":1}""", await next.FindDataAsync(key));
            Assert.Equal(saved.Outcome is KeyedOutcome.Ended ? null : """{"after":1}""", await next.FindDataAsync(key, ReadConsistency.Strong));
            await AssertNothingIsLostAsync(next, key, user);
            await next.Sessions.Keyed.RevokeAsync(key, "signed-out", Never);
            Assert.Null(await next.FindDataAsync(key, ReadConsistency.Strong));
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_purge_takes_all_of_it(string scenario)
    {
        var isWhole = false;
        for (var step = 0; !isWhole; step++)
        {
            var (key, user) = (CoreHarness.KeyOf($"{scenario}/{step}"), $"{scenario}/{step}");
            await PrepareAsync(scenario, key, user);
            isWhole = await RunUntilAsync(step, scenario, key, user);
        }

        for (var run = 0; run < 4; run++)
        {
            Time.Jump(Now.AddDays(40));
            await PurgeAsync();
            await RebuildAsync();
        }

        Assert.DoesNotContain(Sessions.Snapshot(), row => SessionLocator.TryParseHex(row.PartitionKey, out _));
        Assert.DoesNotContain(Entries(), entry => DueEntry.Read(entry) is not null);
    }

    private async Task PrepareAsync(string scenario, SessionKey key, string user)
    {
        await using var instance = Instance();
        await instance.Sessions.IsReadyAsync(Never);
        switch (scenario)
        {
            case "move" or "end":
                await instance.SaveAsync(key, """{"before":1}""");
                break;
            case "anew" or "anew for a user":
                await instance.SaveAsync(key, """{"before":1}""");
                Time.Jump(Now.AddHours(2));
                break;
            case "anew after a user's":
                await instance.SaveAsync(key, """{"before":1}""", user);
                Time.Jump(Now.AddHours(2));
                break;
            case "end a user's":
                await instance.SaveAsync(key, """{"before":1}""", user);
                break;
            case "occupy":
                Hook = operation => operation is { Kind: TableOperationKind.WriteAll, Moment: TableMoment.Before }
                    ? throw new OperationCanceledException("The instance stops here.")
                    : ValueTask.CompletedTask;
                await Assert.ThrowsAsync<OperationCanceledException>(() => instance.SaveAsync(key, """{"before":1}""", user));
                Hook = null;
                Time.Jump(Now.AddMinutes(1));
                break;
            default:
                break;
        }
    }

    // Whether the write came to its end before the step at which the instance dies.
    private async Task<bool> RunUntilAsync(int step, string scenario, SessionKey key, string user)
    {
        await using var instance = Instance();
        await instance.Sessions.IsReadyAsync(Never);
        var left = step;
        Hook = operation => left-- <= 0 ? throw new OperationCanceledException($"The instance stops here: {operation}.") : ValueTask.CompletedTask;
        try
        {
            await FinishAsync(scenario switch
            {
                "end" or "end a user's" => (Task)instance.Sessions.Keyed.RevokeAsync(key, "signed-out", Never),
                "create" or "anew" or "anew after a user's" => instance.SaveAsync(key, """{"now":1}"""),
                _ => instance.SaveAsync(key, """{"now":1}""", user),
            });
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            Hook = null;
        }
    }

    private async Task AssertNothingIsLostAsync(CoreHarness instance, SessionKey key, string user)
    {
        var found = (await instance.Sessions.Keyed.FindAsync(key, ReadConsistency.Strong, Never)).Live?.Id;
        var page = await instance.Sessions.ListAsync(SessionLocator.PartitionOf(user), SessionListState.Live, 100, null, ReadConsistency.Strong, Never);
        var listed = page.Sessions.Select(session => session.Live!.Id).ToArray();
        var live = Rows().Where(row => key.IsOf(row.Key) && row.EndAt(Now, RevokedBefore.None) is null).Select(row => new SessionId(row.Locator));
        Assert.All(live, id => Assert.True(id == found || listed.Contains(id)));
    }
}
