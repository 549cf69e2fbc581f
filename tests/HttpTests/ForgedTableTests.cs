using System.Globalization;
using System.Net;
using SessionCore.Tables;
using Support.Hosts;
using Support.Http;
using Support.Servers;
using Support.Tables;

namespace HttpTests;

/// <summary>A writer in the real table changes or removes each property of each kind of row, while the host runs.</summary>
public sealed class ForgedTableTests : IAsyncLifetime
{
    private static readonly (string, string) Strong = ("Session-Consistency", "strong");

    private SessionServerProcess? _server;
    private ApiClient? _api;
    private ITable? _table;

    private ApiClient Api => _api!; // set before each test

    private ITable Table => _table!; // set before each test

    public async Task InitializeAsync()
    {
        var azurite = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string> { ["Maintenance:Timers"] = "false", ["RateLimit:Failures"] = "1000000" };
        _server = await SessionServerProcess.StartAsync(TestedHost.Kind, azurite.ConnectionString, redis: null, settings, CancellationToken.None);
        _api = new ApiClient(_server.Url, _server.ServiceKey, _server.OperatorKey);
        _table = await AzuriteTables.OpenAsync(_server.Settings["Tables:SessionsTable"]);
    }

    public async Task DisposeAsync()
    {
        _api?.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public Task A_forged_row_of_a_live_session_is_no_session() => ForEachPropertyAsync(
        async user =>
        {
            var (sid, token) = await CreateRotatedAsync(user);
            var other = await Api.CreateAsync(user);
            return (await RowAsync(sid, "s_"), CheckAsync);

            async Task CheckAsync(string what)
            {
                Assert.False(await IsActiveAsync(token), what);
                Assert.Equal(HttpStatusCode.Unauthorized, (await Api.UserAsync(token, "GET", "/v1/session")).Status);
                Assert.Equal(HttpStatusCode.NotFound, (await Api.ServiceAsync("GET", $"/v1/sessions/{sid}", null, Strong)).Status);
                Assert.Equal([other.Sid], await ListAsync(user));
                Assert.True(await IsActiveAsync(other.Token), what);
                await SignOutEverywhereAsync(user);
                Assert.False(await IsActiveAsync(token), what);
                Assert.False(await IsActiveAsync(other.Token), what);
            }
        });

    [Fact]
    public Task A_forged_row_of_an_ended_session_makes_nobody_live() => ForEachPropertyAsync(
        async user =>
        {
            var (sid, token) = await Api.CreateAsync(user);
            var other = await Api.CreateAsync(user);
            Assert.Equal(HttpStatusCode.NoContent, (await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}")).Status);
            return (await RowAsync(sid, "s_"), CheckAsync);

            async Task CheckAsync(string what)
            {
                Assert.False(await IsActiveAsync(token), what);
                Assert.Equal(HttpStatusCode.NotFound, (await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/expiry", """{"expiresInSeconds":600}""")).Status);
                Assert.Equal([other.Sid], await ListAsync(user));
                Assert.True(await IsActiveAsync(other.Token), what);
            }
        });

    [Fact]
    public Task A_forged_head_hides_no_session_and_shows_none() => ForEachPropertyAsync(
        async user =>
        {
            var (sid, token) = await Api.CreateAsync(user);
            var ended = await Api.CreateAsync(user);
            Assert.Equal(HttpStatusCode.NoContent, (await Api.ServiceAsync("DELETE", $"/v1/sessions/{ended.Sid}")).Status);
            return (await RowAsync(sid, "u_"), CheckAsync);

            async Task CheckAsync(string what)
            {
                Assert.Equal([sid], await ListAsync(user));
                var (late, lateToken) = await Api.CreateAsync(user);
                Assert.Equivalent(new[] { sid, late }, await ListAsync(user), strict: true);
                await SignOutEverywhereAsync(user);
                foreach (var gone in new[] { token, ended.Token, lateToken })
                {
                    Assert.False(await IsActiveAsync(gone), what);
                }
            }
        });

    [Fact]
    public Task A_forged_idempotency_record_decides_nothing() => ForEachPropertyAsync(
        async user =>
        {
            var before = (await RowsAsync("i_")).Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal);
            var key = ("Idempotency-Key", $"key-of-{user}");
            var request = $$$"""{"userId":"{{{user}}}","claims":{"a":1}}""";
            Assert.Equal(HttpStatusCode.Created, (await Api.ServiceAsync("POST", "/v1/sessions", request, key)).Status);
            var record = (await RowsAsync("i_")).Single(row => !before.Contains(row.RowKey));
            return (record, CheckAsync);

            async Task CheckAsync(string what)
            {
                foreach (var body in new[] { request, $$"""{"userId":"{{user}}"}""" })
                {
                    var again = await Api.ServiceAsync("POST", "/v1/sessions", body, key);
                    Assert.True(again.Status is HttpStatusCode.ServiceUnavailable, $"{what}: {again.Text}");
                }

                Assert.Single(await ListAsync(user));
            }
        });

    [Fact]
    public Task A_forged_row_of_the_deployment_leaves_nobody_judged_until_an_operator_sets_the_instant() => ForEachPropertyAsync(
        async user =>
        {
            await RevokeBeforeAsync();
            var (_, token) = await Api.CreateAsync(user);
            return (Assert.Single(await RowsAsync("deployment")), CheckAsync);

            async Task CheckAsync(string what)
            {
                var answer = await IntrospectAsync(token);
                Assert.True(answer.Status is HttpStatusCode.ServiceUnavailable, $"{what}: {answer.Text}");
                await RevokeBeforeAsync();
                Assert.False(await IsActiveAsync(token), what);
                Assert.True(await IsActiveAsync((await Api.CreateAsync(user)).Token), what);
            }
        });

    // Each time with a user of its own. The properties are those of the stored row, so a new one is covered as soon as it is stored.
    private async Task ForEachPropertyAsync(Func<string, Task<(TableRow Row, Func<string, Task> Check)>> set)
    {
        var (first, _) = await set("first");
        string[] properties = [.. first.Properties.Select(property => property.Key)];
        Assert.Contains("tag", properties);
        foreach (var (number, property) in properties.Concat(properties).Index())
        {
            var isRemoved = number >= properties.Length;
            var (row, check) = await set(string.Create(CultureInfo.InvariantCulture, $"user-{number}"));
            Assert.True((await Table.WriteAsync(TableWrite.Replace(ForgedRow.Of(row, property, isRemoved), row.ETag!), CancellationToken.None)).IsWritten);
            await check($"{property} {(isRemoved ? "removed" : "changed")}");
        }
    }

    private async Task<(string Sid, string Token)> CreateRotatedAsync(string user)
    {
        var (sid, token) = await Api.CreateAsync(user, """{"b":2}""");
        return (sid, (await Api.UserAsync(token, "POST", "/v1/session/rotate")).TextOf("token"));
    }

    private async Task RevokeBeforeAsync()
    {
        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.Accepted, (await Api.OperatorAsync("POST", "/v1/operations/revoke-before", $$"""{"instant":"{{now}}"}""")).Status);
    }

    private async Task SignOutEverywhereAsync(string user) =>
        Assert.True((await Api.ServiceAsync("DELETE", $"/v1/sessions?userId={user}")).Status is HttpStatusCode.OK or HttpStatusCode.Accepted);

    private Task<ApiAnswer> IntrospectAsync(string token) =>
        Api.ServiceAsync("POST", "/v1/sessions/introspect", $$"""{"token":"{{token}}"}""", Strong);

    private async Task<bool> IsActiveAsync(string token)
    {
        var answer = await IntrospectAsync(token);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json.GetProperty("active").GetBoolean();
    }

    private async Task<IReadOnlyList<string>> ListAsync(string user) =>
    [
        .. (await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}")).Json.GetProperty("sessions").EnumerateArray()
            .Select(session => session.GetProperty("sid").GetString()!),
    ];

    private async Task<IReadOnlyList<TableRow>> RowsAsync(string prefix) =>
        [.. (await Table.QueryAsync(new TableQuery(), CancellationToken.None)).Rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal))];

    // A sid is base64url of partition and id (16 bytes each), after four characters.
    private async Task<TableRow> RowAsync(string sid, string kind)
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(sid.AsSpan(4));
        var partition = Convert.ToHexStringLower(bytes[..16]);
        var row = await Table.FindAsync(partition, kind + (kind == "u_" ? partition : Convert.ToHexStringLower(bytes[16..])), CancellationToken.None);
        return row ?? throw new InvalidOperationException($"There is no row {kind} of {sid}.");
    }
}
