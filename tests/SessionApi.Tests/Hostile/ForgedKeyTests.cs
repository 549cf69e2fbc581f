using Microsoft.Extensions.DependencyInjection;
using SessionCore.Tables;
using Support.Tables;

namespace SessionApi.Tests.Hostile;

/// <summary>
/// A writer in the table changes or removes each property of the row of a key, and of a session that is found by one. The properties are those
/// of the stored rows, so a new one is covered as soon as it is stored.
/// </summary>
public sealed class ForgedKeyTests
{
    private const string Path = "/api/v1/keyed-sessions/47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_forged_row_of_a_key_leads_nowhere_and_revives_nothing(bool isRemoved) => ForEachPropertyAsync(
        "k_",
        isRemoved,
        async (api, sid, property) =>
        {
            // The session itself says that it is the key's, so that the one that is known is still found.
            Assert.Equal(200, (await api.SendAsync("GET", Path)).Status);
            Assert.Equal(503, (await api.SendAsync("DELETE", Path)).Status);
            Assert.Equal(204, (await api.SendAsync("DELETE", $"/api/v1/sessions/{sid}")).Status);
            foreach (var (method, body) in new[] { ("GET", null), ("PUT", """{"data":{},"userId":"alice"}"""), ("PATCH", "{}"), ("DELETE", null) })
            {
                var answer = await api.SendAsync(method, Path, body);
                Assert.True(answer.Status == 503, $"{property}: {method} {answer.Status} {answer.Body}");
            }

            Assert.Empty((await api.SendAsync("GET", "/api/v1/sessions?userId=alice")).Json.GetProperty("sessions").EnumerateArray());
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_forged_row_of_a_keyed_session_is_no_session(bool isRemoved) => ForEachPropertyAsync(
        "s_",
        isRemoved,
        async (api, sid, property) =>
        {
            foreach (var consistency in new[] { "cached", "strong" })
            {
                var answer = await api.SendAsync("GET", Path, headers: ("Session-Consistency", consistency));
                Assert.True(answer.Status == 404, $"{property}: {answer.Status} {answer.Body}");
            }

            Assert.Equal(404, (await api.SendAsync("PATCH", Path, "{}")).Status);
            Assert.Equal(404, (await api.SendAsync("GET", $"/api/v1/sessions/{sid}")).Status);
            Assert.Empty((await api.SendAsync("GET", "/api/v1/sessions?userId=alice")).Json.GetProperty("sessions").EnumerateArray());
        });

    private static async Task ForEachPropertyAsync(string prefix, bool isRemoved, Func<ApiFixture, string, string, Task> check)
    {
        string[] properties;
        await using (var first = new ApiFixture())
        {
            await SaveAsync(first);
            properties = [.. (await RowAsync(first, prefix)).Properties.Select(property => property.Key)];
        }

        Assert.Contains("tag", properties);
        Assert.Contains("client", properties);
        foreach (var property in properties)
        {
            await using var api = new ApiFixture(withCache: false);
            var sid = await SaveAsync(api);
            var row = await RowAsync(api, prefix);
            var forged = ForgedRow.Of(row, property, isRemoved);
            Assert.True((await Table(api).WriteAsync(TableWrite.Replace(forged, row.ETag!), CancellationToken.None)).IsWritten);
            await check(api, sid, property);
        }
    }

    private static async Task<string> SaveAsync(ApiFixture api)
    {
        var saved = await api.SendAsync("PUT", Path, """{"data":{"n":1},"claims":{"a":1},"userId":"alice"}""");
        Assert.Equal(201, saved.Status);
        return saved.Text("sid");
    }

    private static async Task<TableRow> RowAsync(ApiFixture api, string prefix) =>
        (await Table(api).QueryAsync(new TableQuery(), CancellationToken.None)).Rows.Single(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));

    private static ITable Table(ApiFixture api) => api.Services.GetRequiredService<SessionTables>().Sessions;
}
