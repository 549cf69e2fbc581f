using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Operations;
using SessionCore.Tables;
using Support.Tables;

namespace SessionApi.Tests.Hostile;

/// <summary>
/// A writer in the table changes or removes each property of each kind of row. The properties are those of the stored rows, so a new one is
/// covered as soon as it is stored.
/// </summary>
public sealed class ForgedRowTests
{
    private const string Creation = """{"userId":"alice","claims":{"a":1},"data":{"b":2},"persistent":true}""";
    private static readonly (string, string) Key = ("Idempotency-Key", "0123456789abcdef");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_forged_row_of_a_live_session_is_no_session(bool isRemoved) => ForEachPropertyAsync(
        scene => scene.Row("s_", "previous"),
        isRemoved,
        async (scene, property) =>
        {
            await AssertUnknownAsync(scene.Api, scene.Sid, scene.Token, property);
            Assert.Equal([scene.OtherSid], await ListAsync(scene.Api));
            Assert.True(await IsActiveAsync(scene.Api, scene.OtherToken), property);

            // Whatever maintenance and sign-out do, nothing comes back by it.
            Assert.Equal(200, (await scene.Api.SendAsync("DELETE", "/api/v1/sessions?userId=alice")).Status);
            Assert.False(await IsActiveAsync(scene.Api, scene.Token), property);
            Assert.False(await IsActiveAsync(scene.Api, scene.OtherToken), property);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_forged_row_of_an_ended_session_makes_nobody_live(bool isRemoved) => ForEachPropertyAsync(
        scene => scene.Row("s_", "reason"),
        isRemoved,
        async (scene, property) =>
        {
            Assert.False(await IsActiveAsync(scene.Api, scene.EndedToken), property);
            Assert.Equal(401, (await scene.Api.SendAsUserAsync(scene.EndedToken, "GET", "/api/v1/session")).Status);
            Assert.Equal(404, (await scene.Api.SendAsync("PUT", $"/api/v1/sessions/{scene.EndedSid}/expiry", """{"expiresInSeconds":600}""")).Status);
            Assert.Equivalent(new[] { scene.Sid, scene.OtherSid }, await ListAsync(scene.Api), strict: true);
            Assert.True(await IsActiveAsync(scene.Api, scene.Token), property);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_forged_head_hides_no_session_and_shows_none(bool isRemoved) => ForEachPropertyAsync(
        scene => scene.Row("u_", "live"),
        isRemoved,
        async (scene, property) =>
        {
            Assert.Equal(2, (await ListAsync(scene.Api)).Count);
            var (sid, token) = await scene.Api.CreateAsync();
            Assert.Contains(sid, await ListAsync(scene.Api));
            Assert.True((await scene.Api.SendAsync("DELETE", "/api/v1/sessions?userId=alice")).Status is 200 or 202, property);
            foreach (var ended in new[] { token, scene.Token, scene.OtherToken, scene.EndedToken })
            {
                Assert.False(await IsActiveAsync(scene.Api, ended), property);
            }
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_forged_idempotency_record_decides_nothing(bool isRemoved) => ForEachPropertyAsync(
        scene => scene.Row("i_", "salt"),
        isRemoved,
        async (scene, property) =>
        {
            foreach (var body in new[] { Creation, """{"userId":"alice"}""" })
            {
                var again = await scene.Api.SendAsync("POST", "/api/v1/sessions", body, Key);
                Assert.True(again.Status == 503, $"{property}: {again.Status} {again.Body}");
            }

            Assert.Equal(2, (await ListAsync(scene.Api)).Count);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_forged_row_of_the_deployment_leaves_nobody_judged(bool isRemoved) => ForEachPropertyAsync(
        scene => scene.Row("deployment", "keys"),
        isRemoved,
        async (scene, property) =>
        {
            foreach (var token in new[] { scene.Token, scene.EndedToken })
            {
                Assert.Equal(503, (await IntrospectAsync(scene.Api, token)).Status);
            }

            // An operator writes it again.
            await scene.Api.Services.GetRequiredService<SessionService>().RevokeBeforeAsync(scene.Api.Clock.GetUtcNow().AddSeconds(1), CancellationToken.None);
            Assert.False(await IsActiveAsync(scene.Api, scene.Token), property);
        });

    private static async Task ForEachPropertyAsync(Func<Scene, TableRow> choose, bool isRemoved, Func<Scene, string, Task> check)
    {
        string[] properties;
        await using (var first = new ApiFixture())
        {
            properties = [.. choose(await Scene.SetAsync(first)).Properties.Select(property => property.Key)];
        }

        Assert.Contains("tag", properties);
        foreach (var property in properties)
        {
            await using var api = new ApiFixture(withCache: false);
            var scene = await Scene.SetAsync(api);
            await scene.ForgeAsync(choose(scene), property, isRemoved);
            await check(scene, property);
        }
    }

    private static async Task AssertUnknownAsync(ApiFixture api, string sid, string token, string property)
    {
        Assert.False(await IsActiveAsync(api, token), property);
        Assert.Equal(401, (await api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
        Assert.Equal(404, (await api.SendAsync("GET", $"/api/v1/sessions/{sid}", headers: ("Session-Consistency", "strong"))).Status);
        Assert.Equal(404, (await api.SendAsync("PUT", $"/api/v1/sessions/{sid}/expiry", """{"expiresInSeconds":600}""")).Status);
        Assert.DoesNotContain(sid, (await api.SendAsync("GET", "/api/v1/sessions?userId=alice&state=all")).Body, StringComparison.Ordinal);
    }

    private static Task<ApiAnswer> IntrospectAsync(ApiFixture api, string token) =>
        api.SendAsync("POST", "/api/v1/sessions/introspect", JsonSerializer.Serialize(new { token }), ("Session-Consistency", "strong"));

    private static async Task<bool> IsActiveAsync(ApiFixture api, string token)
    {
        var answer = await IntrospectAsync(api, token);
        Assert.Equal(200, answer.Status);
        return answer.Json.GetProperty("active").GetBoolean();
    }

    private static async Task<IReadOnlyList<string>> ListAsync(ApiFixture api) =>
        [.. (await api.SendAsync("GET", "/api/v1/sessions?userId=alice")).Json.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("sid").GetString()!)];

    /// <summary>A user with three sessions: one that has been rotated, one plain, one ended; and a revoke-before of long ago.</summary>
    private sealed record Scene(ApiFixture Api, IReadOnlyList<TableRow> Rows)
    {
        public required string Sid { get; init; }

        public required string Token { get; init; }

        public required string OtherSid { get; init; }

        public required string OtherToken { get; init; }

        public required string EndedSid { get; init; }

        public required string EndedToken { get; init; }

        public static async Task<Scene> SetAsync(ApiFixture api)
        {
            await api.Services.GetRequiredService<SessionService>().RevokeBeforeAsync(api.Clock.GetUtcNow().AddDays(-1), CancellationToken.None);
            await api.Services.GetRequiredService<SessionService>().Keyed.RevokeAllAsync("mobile", CancellationToken.None);
            var created = await api.SendAsync("POST", "/api/v1/sessions", Creation, Key);
            var rotated = await api.SendAsUserAsync(created.Text("token"), "POST", "/api/v1/session/rotate");
            var other = await api.CreateAsync();
            var ended = await api.CreateAsync();
            Assert.Equal(204, (await api.SendAsync("DELETE", $"/api/v1/sessions/{ended.Sid}")).Status);
            var page = await Table(api).QueryAsync(new TableQuery(), CancellationToken.None);
            return new Scene(api, page.Rows)
            {
                Sid = created.Text("sid"),
                Token = rotated.Text("token"),
                OtherSid = other.Sid,
                OtherToken = other.Token,
                EndedSid = ended.Sid,
                EndedToken = ended.Token,
            };
        }

        /// <summary>The row whose key begins so and that has a property which only it has.</summary>
        public TableRow Row(string prefix, string property) => Rows.Single(row =>
            row.RowKey.StartsWith(prefix, StringComparison.Ordinal)
            && row.Properties.Any(pair => pair.Key == property && pair.Value is not byte[] { Length: 0 }));

        public async Task ForgeAsync(TableRow row, string property, bool isRemoved) =>
            Assert.True((await Table(Api).WriteAsync(TableWrite.Replace(ForgedRow.Of(row, property, isRemoved), row.ETag!), CancellationToken.None)).IsWritten);

        private static ITable Table(ApiFixture api) => api.Services.GetRequiredService<SessionTables>().Sessions;
    }
}
