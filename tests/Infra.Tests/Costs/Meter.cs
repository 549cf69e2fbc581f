using System.Text;
using System.Text.Json;
using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace Infra.Tests.Costs;

/// <summary>Runs the operations of the cost table on the real core and counts their calls.</summary>
internal sealed class Meter : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly CountingTable _sessions = new(new InMemoryTable("sessions"));
    private readonly CountingTable _due = new(new InMemoryTable("sessiondue"));
    private readonly CountingCache _cache;
    private readonly CoreHarness _core;

    public Meter(bool withCache = true)
    {
        _cache = new CountingCache(new InMemoryCache(_time));
        _core = new CoreHarness(new SessionTables(_sessions, _due), withCache ? _cache : null, _time);
    }

    /// <summary>Gets each operation by its name in docs/operations.md.</summary>
    public static IReadOnlyDictionary<string, Func<Meter, Task<StoreCalls>>> Operations { get; } = new Dictionary<string, Func<Meter, Task<StoreCalls>>>(StringComparer.Ordinal)
    {
        ["create"] = meter => meter.CountAsync(() => meter.Sessions.CreateAsync(new NewSession { UserId = "alice" }, key: null, default)),
        ["create, anonymous"] = meter => meter.CountAsync(() => meter.Sessions.CreateAsync(new NewSession(), key: null, default)),
        ["create with Idempotency-Key"] = meter => meter.CountAsync(() => meter.Sessions.CreateAsync(
            new NewSession { UserId = "alice" }, new IdempotencyKey("backend", "order-1", new byte[32]), default)),
        ["validate, hit"] = meter => meter.AfterCreateAsync(async (_, token) =>
        {
            await meter._core.ValidateAsync(token);
            return await meter.CountAsync(() => meter._core.ValidateAsync(token).AsTask());
        }),
        ["validate, miss"] = meter => meter.AfterCreateAsync((_, token) => meter.CountAsync(() => meter._core.ValidateAsync(token).AsTask())),
        ["validate, strong"] = meter => meter.AfterCreateAsync((_, token) => meter.CountAsync(() => meter._core.ValidateAsync(token, ReadConsistency.Strong).AsTask())),
        ["touch, coalesced"] = meter => meter.TouchAsync(TimeSpan.Zero),
        ["touch, written"] = meter => meter.TouchAsync(TimeSpan.FromMinutes(7)),
        ["data, replaced or merged"] = meter => meter.AfterCreateAsync((id, _) => meter.CountAsync(() => meter.Sessions.MergeDataAsync(id, Json("""{"a":1}"""), ifVersion: null, default))),
        ["rotate"] = meter => meter.AfterCreateAsync((_, token) => meter.CountAsync(() => meter.Sessions.RotateOwnAsync(meter.Read(token), default))),
        ["revoke"] = meter => meter.AfterCreateAsync((id, _) => meter.CountAsync(() => meter.Sessions.RevokeAsync(id, "sign-out", default))),
        ["sign out everywhere, 20 sessions"] = async meter =>
        {
            await meter.CreateManyAsync(20);
            return await meter.CountAsync(() => meter.Sessions.RevokeAllAsync(SessionLocator.PartitionOf("alice"), except: null, "sign-out", dryRun: false, default));
        },
        ["list, 20 sessions"] = async meter =>
        {
            await meter.CreateManyAsync(20);
            return await meter.CountAsync(() => meter.Sessions.ListAsync(SessionLocator.PartitionOf("alice"), SessionListState.Live, 20, continuation: null, ReadConsistency.Cached, default));
        },
    };

    /// <summary>Lets sessions of as many users lapse and counts the purge of all of them.</summary>
    public async Task<StoreCalls> PurgeAsync(int sessions)
    {
        for (var i = 0; i < sessions; i++)
        {
            await _core.CreateAsync(userId: $"user-{i}");
        }

        _time.Advance(TimeSpan.FromHours(3));
        return await CountAsync(() => _core.Maintenance.PurgeAsync(RunStart.Demanded, default));
    }

    private SessionService Sessions => _core.Sessions;

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    private static JsonElement Json(string text) => JsonDocument.Parse(Encoding.UTF8.GetBytes(text)).RootElement;

    private SessionToken Read(string token) => SessionToken.Read(token, _core.Keys, out var read) is TokenVerdict.Genuine
        ? read
        : throw new InvalidOperationException("The token is not genuine.");

    private Task<StoreCalls> TouchAsync(TimeSpan after) => AfterCreateAsync(async (_, token) =>
    {
        _time.Advance(after);
        var reading = await _core.ValidateAsync(token);
        return await CountAsync(() => Sessions.TouchAsync(reading, ipAddress: null, default).AsTask());
    });

    private async Task<StoreCalls> AfterCreateAsync(Func<SessionId, string, Task<StoreCalls>> then)
    {
        var (id, token) = await _core.CreateAsync();
        return await then(id, token);
    }

    private async Task CreateManyAsync(int number)
    {
        for (var i = 0; i < number; i++)
        {
            await _core.CreateAsync();
        }
    }

    // The revoke-before instant is read once in ten seconds, independent of requests, so it is read before the count.
    private async Task<StoreCalls> CountAsync(Func<Task> operation)
    {
        await Sessions.IsReadyAsync(default);
        _sessions.Reset();
        _due.Reset();
        _cache.Reset();
        await operation();
        return new StoreCalls(
            Sum(TableOperationKind.Find, TableOperationKind.Query), Sum(TableOperationKind.Write, TableOperationKind.WriteAll), _cache.Calls);
    }

    private int Sum(params TableOperationKind[] kinds) => kinds.Sum(kind => _sessions.Calls(kind) + _due.Calls(kind));
}
