using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tests.Maintenance;
using Support;
using Support.Caching;

namespace SessionCore.Tests.Operations;

/// <summary>The cost of a user's operations depends on the live sessions, not on ended rows within their retention.</summary>
public sealed class EndedRowsTests : SessionServiceFixture
{
    private const int LiveSessions = 3;
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");

    // The service examines at most a thousand rows per page, matching or not.
    public EndedRowsTests() => Table.ScanLimit = 1_000;

    [Theory]
    [InlineData(25_000)]
    [InlineData(60_000)]
    public async Task Ended_rows_change_no_count_of_calls_or_rows(int ended)
    {
        // The measure is a user over the scan limit already: below it one query answers.
        var few = await CostsAsync(2_000);
        var many = await CostsAsync(ended);

        Assert.Equal(few, many);
        Assert.All(many, cost => Assert.InRange(cost.Calls, 0, LiveSessions + 6));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sign_out_everywhere_ends_what_lies_behind_many_ended_rows(bool isOneBefore)
    {
        await using var instance = Instance();
        var tokens = await SignInAsync(instance);
        PlantEnded(30_000, isOneBefore ? FirstId() + 1 : 0);

        var revocation = await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: false, Never);

        Assert.Equal(LiveSessions, revocation.Sessions.Count);
        Assert.Null(revocation.EffectiveBy);
        foreach (var token in tokens)
        {
            Assert.False(await instance.IsAcceptedAsync(token));
        }
    }

    [Fact]
    public async Task Ended_sessions_are_listed_a_page_at_a_time_and_each_once()
    {
        await using var instance = Instance();
        await SignInAsync(instance);
        PlantEnded(2_345);
        var seen = new HashSet<SessionId>();
        string? continuation = null;
        do
        {
            Counted.Reset();
            var page = await instance.Sessions.ListAsync(Alice, SessionListState.Ended, 100, continuation, ReadConsistency.Cached, Never);
            Assert.InRange(Counted.RowsRead, 0, 101); // with the instant of revoke-before
            Assert.All(page.Sessions, reading => Assert.True(seen.Add(reading.Ended!.Id)));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(2_345, seen.Count);
    }

    [Fact]
    public async Task More_ends_than_the_head_names_are_answered_by_the_age_of_entries()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "98"));
        Lost = CacheOperationKind.Entomb;
        for (var i = 0; i <= UserHead.MaxLately; i++)
        {
            var (id, _) = await instance.CreateAsync();
            await instance.Sessions.RevokeAsync(id, "signed-out", Never);
        }

        Lost = null;
        var answered = await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: false, Never);
        Time.Advance(TimeSpan.FromMinutes(2));
        var later = await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: false, Never);

        Assert.InRange(answered.EffectiveBy!.Value, Time.GetUtcNow().AddMinutes(-2), Time.GetUtcNow());
        Assert.Null(later.EffectiveBy);
    }

    [Fact]
    public async Task A_head_stays_as_long_as_a_row_that_it_could_contradict()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync();
        await instance.Sessions.RevokeAsync(id, "signed-out", Never);

        Time.Advance(TimeSpan.FromMinutes(10));
        await instance.Maintenance.RebuildUserAsync(Alice, Never);
        Assert.Contains(Table.Snapshot(), row => row.RowKey.StartsWith("u_", StringComparison.Ordinal));

        Table.Restore([.. Table.Snapshot().Where(row => !row.RowKey.StartsWith("s_", StringComparison.Ordinal))]);
        await instance.Maintenance.RebuildUserAsync(Alice, Never);

        Assert.DoesNotContain(Table.Snapshot(), row => row.RowKey.StartsWith("u_", StringComparison.Ordinal));
    }

    private async Task<List<(string Operation, int Calls, int RowsRead)>> CostsAsync(int ended)
    {
        Table.Restore([]);
        Due.Restore([]);
        await using var instance = Instance();
        var (kept, token) = await instance.CreateAsync();
        await instance.CreateAsync();
        var costs = new List<(string, int, int)>();
        async Task CountAsync(string operation, Func<Task> act)
        {
            await instance.Sessions.IsReadyAsync(Never);
            Counted.Reset();
            await act();
            costs.Add((operation, Counted.TotalCalls, Counted.RowsRead));
        }

        PlantEnded(ended);
        await CountAsync("create", () => instance.CreateAsync());
        await CountAsync("validate", () => instance.ValidateAsync(token, ReadConsistency.Strong).AsTask());
        await CountAsync("list", () => instance.Sessions.ListAsync(Alice, SessionListState.Live, 100, null, ReadConsistency.Cached, Never));
        await CountAsync("list ended", () => instance.Sessions.ListAsync(Alice, SessionListState.Ended, 20, null, ReadConsistency.Cached, Never));
        await CountAsync("list all", () => instance.Sessions.ListAsync(Alice, SessionListState.All, 20, null, ReadConsistency.Cached, Never));
        await CountAsync("count", () => instance.Sessions.CountAsync(Alice, ReadConsistency.Strong, Never));
        await CountAsync("dry run", () => instance.Sessions.RevokeAllAsync(Alice, null, "signed-out", dryRun: true, Never));
        await CountAsync("except", () => instance.Sessions.RevokeAllAsync(Alice, kept, "signed-out", dryRun: false, Never));
        await CountAsync("end one", () => instance.Sessions.RevokeAsync(kept, "signed-out", Never));
        Time.Advance(TimeSpan.FromMinutes(2));
        await instance.CreateAsync();
        await CountAsync("sign out everywhere", () => instance.Sessions.RevokeAllAsync(Alice, null, "signed-out", dryRun: false, Never));
        return costs;
    }

    private static async Task<IReadOnlyList<string>> SignInAsync(CoreHarness instance)
    {
        var tokens = new List<string>();
        for (var i = 0; i < LiveSessions; i++)
        {
            tokens.Add((await instance.CreateAsync()).Token);
        }

        return tokens;
    }

    private UInt128 FirstId() => Table.Snapshot().Select(SessionRow.Read).OfType<Session>().Min(session => session.Locator.Id);

    // Before the live rows, so that a scan meets them first; or from a given id on.
    private void PlantEnded(int count, UInt128 from = default)
    {
        var pattern = Table.Snapshot().First(row => row.RowKey.StartsWith("s_", StringComparison.Ordinal));
        var ended = Enumerable.Range(0, count).Select(i =>
        {
            var locator = new SessionLocator(Alice, from + (UInt128)i);
            var at = Time.GetUtcNow().AddHours(-1);
            var session = (SessionRow.Read(pattern)! with { Locator = locator }).EndedWith("signed-out", at); // a row of the service's own
            return StorePlanter.Ended(session, Tags);
        });
        Table.Restore([.. Table.Snapshot(), .. ended]);
    }
}
