using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionCore.Tables;

namespace SessionApi.Tests.Hostile;

/// <summary>A row that is not genuine may be asked for any number of times: the first is reported at once, the rest are counted.</summary>
public sealed class RepeatedReportTests : IAsyncDisposable
{
    private const int Times = 40;

    private readonly ApiFixture _api = new(withCache: false);

    private ITable Table => _api.Services.GetRequiredService<SessionTables>().Sessions;

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData(1321, "tag", 4)]
    [InlineData(1322, "created", -1)]
    [InlineData(1301, "body", 60)]
    public async Task A_forged_session_is_reported_once_in_ten_seconds_with_the_number_of_times(int line, string property, int at)
    {
        var (sid, _) = await _api.CreateAsync("""{"userId":"alice","claims":{"a":1}}""");
        await ForgeAsync("s_", property, at);

        await AssertReportedAsync(line, async () => Assert.Equal(404, (await GetStrongAsync($"/api/v1/sessions/{sid}")).Status));
    }

    [Fact]
    public async Task A_forged_row_of_the_deployment_is_reported_once_in_ten_seconds_with_the_number_of_times()
    {
        var (sid, _) = await _api.CreateAsync();
        await ForgeAsync("deployment", "tag", 4);

        await AssertReportedAsync(1311, async () => Assert.Equal(503, (await GetStrongAsync($"/api/v1/sessions/{sid}")).Status));
    }

    [Fact]
    public async Task A_row_put_back_is_reported_once_in_ten_seconds_with_the_number_of_times()
    {
        var (sid, _) = await _api.CreateAsync();
        var live = await RowAsync("s_");
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}")).Status);
        await ReplaceAsync(await RowAsync("s_"), live.Properties);

        await AssertReportedAsync(1302, async () => Assert.Equal(200, (await GetStrongAsync("/api/v1/sessions?userId=alice")).Status));
    }

    private Task<ApiAnswer> GetStrongAsync(string target) => _api.SendAsync("GET", target, null, ("Session-Consistency", "strong"));

    private async Task AssertReportedAsync(int line, Func<Task> ask)
    {
        for (var i = 0; i < Times; i++)
        {
            await ask();
        }

        _api.Clock.Advance(TimeSpan.FromSeconds(10));
        await ask();

        var lines = _api.Logs.Entries.Where(entry => entry.Id.Id == line).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.All(lines, entry => Assert.StartsWith("A row of the sessions table ", entry.Text, StringComparison.Ordinal));
        Assert.All(lines, entry => Assert.Equal(LogLevel.Error, entry.Level));
        Assert.Contains("; 1 times since", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"; {Times} times since"), lines[1].Text, StringComparison.Ordinal);
    }

    // Flips a bit at a place of a binary property, or takes the property away.
    private async Task ForgeAsync(string prefix, string property, int at)
    {
        var row = await RowAsync(prefix);
        await ReplaceAsync(row, row.Properties
            .Where(pair => at >= 0 || pair.Key != property)
            .Select(pair => pair.Key == property ? KeyValuePair.Create<string, object>(property, Flipped((byte[])pair.Value, at)) : pair));
    }

    private async Task<TableRow> RowAsync(string prefix) =>
        (await Table.QueryAsync(new TableQuery(), CancellationToken.None)).Rows.Single(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));

    private async Task ReplaceAsync(TableRow row, IEnumerable<KeyValuePair<string, object>> properties)
    {
        var forged = new TableRow(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in properties)
        {
            forged.Set(name, value);
        }

        Assert.True((await Table.WriteAsync(TableWrite.Replace(forged, row.ETag!), CancellationToken.None)).IsWritten);
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 1;
        return flipped;
    }
}
