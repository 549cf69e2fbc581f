using SessionCore.Protection;
using SessionCore.Tables;
using Support;
using Support.Hosts;
using Support.Http;
using Support.Servers;
using Support.Tables;
using Support.Time;

namespace HttpTests;

/// <summary>"Clear expired" needs sessions that lapsed long ago, so it has a server and tables of its own.</summary>
public sealed class ClearExpiredTests
{
    [Fact]
    public async Task Clear_expired_is_the_purge()
    {
        var azurite = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string> { ["Maintenance:Timers"] = "false" };
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, azurite.ConnectionString, redis: null, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var tables = new SessionTables(
            await AzuriteTables.OpenAsync(server.Settings["Tables:SessionsTable"]), await AzuriteTables.OpenAsync(server.Settings["Tables:DueTable"]));
        await CreateLongAgoAsync(tables, server.Settings["Keys:Ring:0:Key"]);
        var (live, _) = await api.CreateAsync("alice");
        Assert.Equal(2, (await SessionRowsAsync(tables)).Count);

        var purge = await api.OperatorAsync("POST", "/v1/operations/purge");

        Assert.Equal(200, (int)purge.Status);
        Assert.True(purge.Json.GetProperty("finished").GetBoolean());
        Assert.Equal(1, purge.Json.GetProperty("counts").GetProperty("sessionsPurged").GetInt32());
        Assert.Single(await SessionRowsAsync(tables));
        Assert.Equal("live", (await api.ServiceAsync("GET", $"/v1/sessions/{live}")).TextOf("state"));
    }

    // Another instance with the same keys, whose clock stands two days back.
    private static async Task CreateLongAgoAsync(SessionTables tables, string ringKey)
    {
        var then = new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-2));
        KeyOptions[] ring = [new() { Id = 1, Key = ringKey, State = KeyState.Active }];
        await using var core = new CoreHarness(tables, cache: null, then, ring);
        await core.CreateAsync("alice");
    }

    private static async Task<IReadOnlyList<TableRow>> SessionRowsAsync(SessionTables tables) =>
        [.. (await tables.Sessions.QueryAsync(new TableQuery(), CancellationToken.None)).Rows.Where(row => row.RowKey.StartsWith("s_", StringComparison.Ordinal))];
}
