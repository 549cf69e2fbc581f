using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Caching;
using SessionCore.Tables;
using Support;
using Support.Hosts;
using Support.Servers;
using Support.Tables;
using Support.Time;

namespace SessionServer.Tests.Documents;

/// <summary>Counts what introspections at the same time cost, on a real Redis: their reads share commands there.</summary>
/// <remarks>IntrospectionsTests shows that the operation for several begins all of them at once and adds no call.</remarks>
internal static class IntrospectionsAtOnce
{
    private const int Several = 16;

    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Returns the rows of the table: operation, table reads, table writes, rows read, commands of Redis.</summary>
    public static async Task<IReadOnlyList<string>> CountAsync()
    {
        await using var redis = await RedisServer.StartAsync(None);
        await using var services = Caching(redis);
        var table = new CountingTable(new InMemoryTable("sessions"));
        await using var core = new CoreHarness(new SessionTables(table, new InMemoryTable("sessiondue")), services.GetRequiredService<ICache>(), new ManualTimeProvider());
        var tokens = new List<string>();
        for (var i = 0; i < Several; i++)
        {
            tokens.Add((await core.CreateAsync($"user-{i}")).Token);
        }

        // Reads the instant of revoke-before, and loads the scripts.
        await core.Sessions.IsReadyAsync(None);
        await redis.FlushAsync(None);
        await ValidateAsync(core, redis, tokens);
        var hit = await RowAsync("hit");
        await redis.FlushAsync(None);
        return [await RowAsync("miss"), hit];

        async Task<string> RowAsync(string kind)
        {
            table.Reset();
            var before = await CommandsAsync(redis);
            await ValidateAsync(core, redis, tokens);
            var reads = table.Calls(TableOperationKind.Find) + table.Calls(TableOperationKind.Query);
            return $"| introspect {Several} at once, cache {kind} | {reads} | {table.TotalCalls - reads} | {table.RowsRead} | {await CommandsAsync(redis) - before} |";
        }
    }

    // While Redis is stopped no reply comes, so how the reads are gathered does not depend on time.
    private static async Task ValidateAsync(CoreHarness core, RedisServer redis, List<string> tokens)
    {
        redis.Send(Signal.Stop);
        var readings = tokens.ConvertAll(token => core.ValidateAsync(token).AsTask());
        redis.Send(Signal.Continue);
        Assert.All(await Task.WhenAll(readings), static reading => Assert.NotNull(reading.Live));
    }

    // What a script does within Redis is no command of its own.
    private static Task<long> CommandsAsync(RedisServer redis) => RedisContent.CallsAsync(redis, "mget", "evalsha");

    private static ServiceProvider Caching(RedisServer redis)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Cache:ConnectionString"] = redis.Address,
            ["Cache:OperationTimeout"] = "00:00:05",
            ["Cache:LeaseTime"] = "00:00:10",
        };
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSessionCache()
            .BuildServiceProvider();
    }
}
