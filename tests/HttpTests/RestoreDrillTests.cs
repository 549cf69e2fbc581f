using System.Globalization;
using SessionCore.Tables;
using Support.Hosts;
using Support.Http;
using Support.Servers;
using Support.Tables;
using Support.Time;

namespace HttpTests;

/// <summary>The drill of docs/operations.md, step by step: an old row comes back, and revoke-before takes it away again.</summary>
public sealed class RestoreDrillTests
{
    [Fact]
    public async Task A_restored_row_brings_a_revoked_session_back_until_revoke_before_ends_it_for_good()
    {
        var azurite = await AzuriteServer.SharedAsync();

        // A rebuild ends a row that was put back, and the server's own timer may start one at any time.
        var settings = new Dictionary<string, string> { ["Maintenance:Timers"] = "false" };
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, azurite.ConnectionString, redis: null, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var table = await AzuriteTables.OpenAsync(server.Settings["Tables:SessionsTable"]);
        var (sid, token) = await api.CreateAsync("alice");
        var copy = await SessionRowAsync(table);

        await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        Assert.False(await IsAcceptedAsync(api, token));

        // The danger: what was live in the copy is live again.
        var ended = await SessionRowAsync(table);
        Assert.True((await table.WriteAsync(TableWrite.Replace(CopyOf(copy), ended.ETag!), CancellationToken.None)).IsWritten);
        await UntilAcceptedAsync(api, token);

        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        Assert.Equal(202, (int)(await api.OperatorAsync("POST", "/v1/operations/revoke-before", $"{{\"instant\":\"{now}\"}}")).Status);
        Assert.False(await IsAcceptedAsync(api, token));

        Assert.Equal(1, await RebuildAsync(api));
        Assert.Equal(0, await RebuildAsync(api));
        Assert.Equal(200, (int)(await api.OperatorAsync("POST", "/v1/operations/purge")).Status);
        var (_, another) = await api.CreateAsync("alice");
        Assert.True(await IsAcceptedAsync(api, another));
    }

    // The instance that answered for the end remembers it for a few seconds.
    private static Task UntilAcceptedAsync(ApiClient api, string token) =>
        Eventually.TrueAsync(() => IsAcceptedAsync(api, token), TimeSpan.FromSeconds(30));

    private static async Task<bool> IsAcceptedAsync(ApiClient api, string token) =>
        (await api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}", ("Session-Consistency", "strong")))
            .Json.GetProperty("active").GetBoolean();

    // The head says that no session is live: the one thing to repair.
    private static async Task<int> RebuildAsync(ApiClient api)
    {
        var answer = await api.OperatorAsync("POST", "/v1/operations/rebuild-indexes");
        Assert.True(answer.Json.GetProperty("finished").GetBoolean());
        return answer.Json.GetProperty("drift").GetInt32();
    }

    private static async Task<TableRow> SessionRowAsync(ITable table) =>
        (await table.QueryAsync(new TableQuery(), CancellationToken.None)).Rows.Single(row => row.RowKey.StartsWith("s_", StringComparison.Ordinal));

    private static TableRow CopyOf(TableRow row)
    {
        var copy = new TableRow(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            copy.Set(name, value);
        }

        return copy;
    }
}
