using System.Globalization;
using SessionCore.Maintenance;
using Support;
using Support.Hosts;
using Support.Http;
using Support.Tables;
using Xunit.Abstractions;

namespace SessionCore.Tests.Maintenance;

/// <summary>Runs over many sessions on real Azurite: shared by processes, and longer than one budget.</summary>
public sealed class SharedRunTests(ITestOutputHelper output)
{
    private const int LiveUsers = 250;
    private const int LapsedUsers = 250;
    private const int SessionsPerUser = 40;
    private const int Ranges = 16;

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Two_servers_share_a_rebuild_of_20000_sessions_and_a_purge_of_10000_goes_on_where_its_time_was_spent()
    {
        var store = await ServerStore.CreateAsync();
        await using var one = await store.StartServerAsync(("Maintenance:OperationBudget", "00:03:20"));
        await using var two = await one.StartSecondAsync(CancellationToken.None);
        await PlantAsync(store);

        await RebuildTogetherAsync(one, two, store);
        await PurgeInShortRunsAsync(store);
    }

    private async Task RebuildTogetherAsync(SessionServerProcess one, SessionServerProcess two, ServerStore store)
    {
        var answers = await Task.WhenAll(RebuildAsync(one), RebuildAsync(two));
        var worked = answers.Select(answer => answer.Json.GetProperty("rangesWorked").GetInt32()).ToArray();
        var rows = await ServerStore.ReadAllAsync(store.Tables.Sessions);
        var ranges = rows
            .Where(row => row.PartitionKey == RangeRow.PartitionKey && row.RowKey.StartsWith("rebuild-", StringComparison.Ordinal))
            .Select(row => RangeRow.Read(row, "rebuild")!)
            .ToList();
        var users = ranges.Sum(range => range.Tally[MaintenanceCount.Users]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rebuild: {worked[0]} and {worked[1]} ranges; {users} users"));

        Assert.All(worked, count => Assert.True(count > 0));
        Assert.Equal(Ranges, worked.Sum());
        Assert.Equal(Ranges, ranges.Count);

        // Each range was taken once and finished: no instance took a range that another held.
        Assert.All(ranges, range => Assert.True(range is { IsDone: true, Fence: 1 }));
        Assert.Equal(LiveUsers + LapsedUsers, users);
        Assert.Equal((LiveUsers + LapsedUsers) * (SessionsPerUser + 1), ranges.Sum(range => range.Tally[MaintenanceCount.Rows]));
        Assert.All(answers, answer => Assert.Equal(0, answer.Json.GetProperty("drift").GetInt32()));
    }

    private async Task PurgeInShortRunsAsync(ServerStore store)
    {
        await using var instance = new CoreHarness(
            store.Tables, cache: null, TimeProvider.System, store.Ring, new Dictionary<string, string?> { ["Maintenance:OperationBudget"] = "00:00:01" });
        var runs = new List<MaintenanceReport>();
        while (runs is not [.., { IsFinished: true }])
        {
            runs.Add(await instance.Maintenance.PurgeAsync(RunStart.Demanded, CancellationToken.None));
            Assert.InRange(runs.Count, 1, 100);
        }

        output.WriteLine("purge, sessions gone after each second of work: " + string.Join(", ", runs.Select(run => run.Counts[MaintenanceCount.SessionsPurged])));

        // It continued where it stopped: only entries of the page that was interrupted were examined twice.
        const int due = LapsedUsers * SessionsPerUser;
        Assert.InRange(runs.Count, 2, 100);
        Assert.Single(runs.Select(run => run.RunId).Distinct());
        Assert.Equal(due, runs[^1].Counts[MaintenanceCount.SessionsPurged]);
        Assert.InRange(runs[^1].Counts[MaintenanceCount.Examined], due, due + (500 * runs.Count));
        Assert.Equal(0, runs[^1].Counts[MaintenanceCount.Strays]);
        var left = await ServerStore.ReadAllAsync(store.Tables.Sessions);
        Assert.Equal(LiveUsers * SessionsPerUser, left.Count(row => row.RowKey.StartsWith("s_", StringComparison.Ordinal)));
        StoreAudit.HeadsAreExact(left);
        StoreAudit.NothingExpiredIsLeft(left, await ServerStore.ReadAllAsync(store.Tables.Due), TimeSpan.FromDays(30), _now.AddMinutes(-5));
    }

    private static async Task<ApiAnswer> RebuildAsync(SessionServerProcess server)
    {
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var answer = await api.OperatorAsync("POST", "/v1/operations/rebuild-indexes");
        Assert.Equal(200, (int)answer.Status);
        return answer;
    }

    private async Task PlantAsync(ServerStore store)
    {
        var planter = new StorePlanter(new InMemoryTable(), new InMemoryTable(), store.Tags);
        for (var i = 0; i < (LiveUsers + LapsedUsers) * SessionsPerUser; i++)
        {
            var user = i / SessionsPerUser;
            planter.Session(string.Create(CultureInfo.InvariantCulture, $"user {user}"), user < LiveUsers ? _now.AddHours(20) : _now.AddHours(-3));
        }

        await store.PlantAsync(planter);
    }
}
