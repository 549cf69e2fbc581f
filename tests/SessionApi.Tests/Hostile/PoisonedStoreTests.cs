using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionCore.Tables;

namespace SessionApi.Tests.Hostile;

/// <summary>Values planted in Redis or the table neither make a request fail nor give anyone another user's session.</summary>
public sealed class PoisonedStoreTests
{
    private const int Seed = 20_251_122;
    private const int PoisonedValues = 2_000;
    private const byte Lease = (byte)'L';

    private static readonly object[] WrongValues =
    [
        HostileValues.Canary, "", -1, 0, int.MaxValue, long.MinValue, long.MaxValue, true, Array.Empty<byte>(), new byte[32], new byte[40_000],
        DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
    ];

    public static TheoryData<string> Properties =>
    [
        "state", "user", "created", "auth", "seen", "idle", "idleEnd", "absEnd", "aal", "version", "dataVersion", "op", "secret", "previous",
        "rotated", "derived", "body", "reason", "ended", "kept",
    ];

    [Fact]
    public async Task A_poisoned_cache_value_neither_fails_a_request_nor_gives_away_another_session()
    {
        await using var api = new ApiFixture();
        var random = new Random(Seed);
        var (sid, token) = await api.CreateAsync();
        var (foreign, foreignToken) = await api.CreateAsync("""{"userId":"mallory","claims":{"of":"mallory"}}""");
        await IntrospectAsync(api, token);
        await IntrospectAsync(api, foreignToken);
        var key = KeyOf(api, sid);
        var good = (await api.Cache.GetAsync(key, CancellationToken.None))!; // introspection has filled it
        var other = (await api.Cache.GetAsync(KeyOf(api, foreign), CancellationToken.None))!;

        for (var i = 0; i < PoisonedValues; i++)
        {
            byte[] poison = i == 0 ? other : Poison(random, good);
            if (poison is [Lease, ..])
            {
                // A reader that finds a lease waits by the clock, which stands still.
                poison[0] = 0;
            }

            api.Cache.Plant(key, poison, TimeSpan.FromMinutes(1));
            var answer = i % 2 == 0 ? await IntrospectAsync(api, token) : await api.SendAsUserAsync(token, "GET", "/api/v1/session");

            Assert.True(answer.Status is 200 or 401, $"{Seed}/{i}: {answer.Status} {answer.Body} {Convert.ToHexString(poison)}");
            Assert.DoesNotContain("mallory", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(foreign, answer.Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(api.Logs.Entries, entry => entry.Level >= LogLevel.Error);
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task A_poisoned_property_of_a_row_is_never_a_fault_of_the_service(string property)
    {
        await using var api = new ApiFixture(new Dictionary<string, string?> { ["RateLimit:Failures"] = "1000000" }, withCache: false);
        foreach (var wrong in WrongValues.Append(null))
        {
            var (sid, token) = await api.CreateAsync("""{"userId":"alice","claims":{"a":1},"data":{"b":2}}""");
            await PlantAsync(api.Services.GetRequiredService<SessionTables>().Sessions, sid, property, wrong);
            foreach (var (method, target, json) in RequestsTo(sid, token))
            {
                var answer = await api.SendAsync(method, target, json);
                AssertKept(answer, property, wrong, method, target);
            }

            foreach (var (method, target) in new[] { ("GET", "/api/v1/session"), ("POST", "/api/v1/session/touch"), ("GET", "/api/v1/me/sessions"), ("POST", "/api/v1/session/rotate") })
            {
                AssertKept(await api.SendAsUserAsync(token, method, target), property, wrong, method, target);
            }

            AssertKept(await api.SendAsync("DELETE", $"/api/v1/sessions/{sid}"), property, wrong, "DELETE", sid);
        }

        Assert.DoesNotContain(HostileValues.Canary, api.Logs.AllText, StringComparison.Ordinal);
    }

    private static void AssertKept(ApiAnswer answer, string property, object? wrong, string method, string target)
    {
        Assert.True(answer.Status is < 500 or 503, $"{property} = {wrong ?? "nothing"}: {method} {target} answered {answer.Status} {answer.Body}");
        if (answer.Status >= 400)
        {
            Assert.NotNull(answer.Problem);
            Assert.DoesNotContain(HostileValues.Canary, answer.Body, StringComparison.Ordinal);
        }
    }

    private static (string Method, string Target, string? Json)[] RequestsTo(string sid, string token) =>
    [
        ("POST", "/api/v1/sessions/introspect", JsonSerializer.Serialize(new { token })),
        ("GET", $"/api/v1/sessions/{sid}", null),
        ("GET", $"/api/v1/sessions/{sid}/data", null),
        ("POST", $"/api/v1/sessions/{sid}/touch", null),
        ("PATCH", $"/api/v1/sessions/{sid}/data", """{"c":3}"""),
        ("PUT", $"/api/v1/sessions/{sid}/expiry", """{"expiresInSeconds":600}"""),
        ("GET", "/api/v1/sessions?userId=alice&state=all", null),
    ];

    private static async Task PlantAsync(ITable table, string sid, string property, object? value)
    {
        var locator = Convert.FromBase64String(sid[4..].Replace('-', '+').Replace('_', '/').PadRight((sid.Length - 4 + 3) / 4 * 4, '='));
        var partition = Convert.ToHexStringLower(locator[..16]);
        var row = (await table.FindAsync(partition, $"s_{Convert.ToHexStringLower(locator[16..])}", CancellationToken.None))!; // just created
        var planted = new TableRow(row.PartitionKey, row.RowKey);
        foreach (var (name, kept) in row.Properties.Where(pair => pair.Key != property))
        {
            planted.Set(name, kept);
        }

        var written = await table.WriteAsync(TableWrite.Replace(planted.Set(property, value), row.ETag!), CancellationToken.None);
        Assert.Equal(TableOutcome.Written, written.Outcome);
    }

    private static string KeyOf(ApiFixture api, string sid)
    {
        var locator = Convert.FromBase64String(sid[4..].Replace('-', '+').Replace('_', '/').PadRight((sid.Length - 4 + 3) / 4 * 4, '='));
        var id = Convert.ToHexStringLower(locator[16..]);
        return api.Cache.Keys.Single(key => key.EndsWith(id, StringComparison.OrdinalIgnoreCase));
    }

    private static byte[] Poison(Random random, byte[] good)
    {
        byte[] poison = [.. good];
        switch (random.Next(4))
        {
            case 0:
                poison[random.Next(poison.Length)] ^= (byte)random.Next(1, 256);
                return poison;
            case 1:
                return poison[..random.Next(poison.Length)];
            case 2:
                return [.. poison, .. Encoding.UTF8.GetBytes(HostileValues.Canary)];
            default:
                poison = new byte[random.Next(1, 300)];
                random.NextBytes(poison);
                return poison;
        }
    }

    private static Task<ApiAnswer> IntrospectAsync(ApiFixture api, string token) =>
        api.SendAsync("POST", "/api/v1/sessions/introspect", JsonSerializer.Serialize(new { token }));
}
