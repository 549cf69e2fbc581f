using System.Text;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace SessionServer.Tests.Documents;

/// <summary>The calls each operation makes, counted on the real core and kept in docs/performance.md.</summary>
public sealed class StoreCallTests
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");
    private readonly ManualTimeProvider _time = new();
    private readonly CountingTable _sessions = new(new InMemoryTable("sessions"));
    private readonly CountingTable _due = new(new InMemoryTable("sessiondue"));
    private int _cacheCalls;

    [Fact]
    public async Task The_table_of_store_calls_is_what_the_core_does()
    {
        var cache = new InMemoryCache(_time, operation =>
        {
            _cacheCalls += operation.Moment is CacheMoment.Before ? 1 : 0;
            return ValueTask.CompletedTask;
        });
        var tables = new SessionTables(_sessions, _due);
        var ring = KeyRing.Random();
        await using var core = new CoreHarness(tables, cache, _time, ring);
        await using var other = new CoreHarness(tables, cache, _time, ring);
        await other.Sessions.IsReadyAsync(CancellationToken.None);
        var rows = new List<string> { "| operation | table reads | table writes | rows read | Redis |", "|---|---|---|---|---|" };
        async Task CountAsync(string operation, Func<Task> act)
        {
            await core.Sessions.IsReadyAsync(CancellationToken.None);
            _sessions.Reset();
            _due.Reset();
            _cacheCalls = 0;
            await act();
            var reads = Reads(_sessions) + Reads(_due);
            var writes = Writes(_sessions) + Writes(_due);
            rows.Add($"| {operation} | {reads} | {writes} | {_sessions.RowsRead + _due.RowsRead} | {_cacheCalls} |");
        }

        await CountAsync("create, a user's first", () => core.CreateAsync("alice"));
        await CountAsync("create, a user's next", () => core.CreateAsync("alice"));
        await CountAsync("create, anonymous", () => core.CreateAsync(userId: null));
        var (id, token) = await core.CreateAsync("alice");
        await CountAsync("validate, cache miss", () => core.ValidateAsync(token).AsTask());
        await CountAsync("validate, cache hit", () => core.ValidateAsync(token).AsTask());
        await CountAsync("validate, strong", () => core.ValidateAsync(token, ReadConsistency.Strong).AsTask());
        await CountAsync("validate, made-up token", () => core.ValidateAsync("sst_" + new string('A', 118)).AsTask());
        rows.AddRange(await IntrospectionsAtOnce.CountAsync());
        await CountAsync("validate and touch, within the slack", async () => await core.Sessions.TouchAsync(await core.ValidateAsync(token), null, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(7));
        var reading = await core.ValidateAsync(token);
        await CountAsync("touch, written", () => core.Sessions.TouchAsync(reading, null, CancellationToken.None).AsTask());
        await CountAsync("replace or merge data", () => core.Sessions.ReplaceDataAsync(id, Encoding.UTF8.GetBytes("{}"), null, CancellationToken.None));
        await CountAsync("set expiry, not earlier", () => core.Sessions.SetExpiryAsync(id, null, TimeSpan.FromHours(1), CancellationToken.None));
        await CountAsync("rotate", () => core.Sessions.RotateAsync(id, new RotationRequest(), CancellationToken.None));
        await CountAsync("end one", () => core.Sessions.RevokeAsync(id, "signed-out", CancellationToken.None));
        await CountAsync("count, cache miss", () => core.Sessions.CountAsync(Alice, ReadConsistency.Cached, CancellationToken.None));
        await CountAsync("count, cache hit", () => core.Sessions.CountAsync(Alice, ReadConsistency.Cached, CancellationToken.None));
        await CountKeyedAsync(core, other, CountAsync);
        await CountKeyIntrospectionAsync(core, cache, CountAsync);
        for (var i = 0; i < 18; i++)
        {
            await core.CreateAsync("alice");
        }

        await CountAsync("list 20", () => core.Sessions.ListAsync(Alice, SessionListState.Live, 100, null, ReadConsistency.Cached, CancellationToken.None));
        await CountAsync("sign out everywhere, 20", () => core.Sessions.RevokeAllAsync(Alice, null, "signed-out", dryRun: false, CancellationToken.None));
        await core.CreateAsync("alice");
        await CountAsync("sign out everywhere, 1", () => core.Sessions.RevokeAllAsync(Alice, null, "signed-out", dryRun: false, CancellationToken.None));

        Document.AssertPart("docs/performance.md", "calls", rows);
    }

    [Fact]
    public async Task The_table_of_store_calls_with_events_is_what_the_core_does()
    {
        var settings = new Dictionary<string, string?> { ["Events:Enabled"] = "true" };
        await using var core = new CoreHarness(new SessionTables(_sessions, _due), cache: null, _time, settings: settings);
        var rows = new List<string> { "| operation | table reads | table writes | rows written |", "|---|---|---|---|" };
        async Task CountAsync(string operation, Func<Task> act)
        {
            await core.Sessions.IsReadyAsync(CancellationToken.None);
            _sessions.Reset();
            _due.Reset();
            await act();
            rows.Add($"| {operation} | {Reads(_sessions) + Reads(_due)} | {Writes(_sessions) + Writes(_due)} | {_sessions.RowsWritten + _due.RowsWritten} |");
        }

        await CountAsync("create, a user's first", () => core.CreateAsync("alice"));
        await CountAsync("create, a user's next", () => core.CreateAsync("alice"));
        var (id, _) = await core.CreateAsync("alice");
        await CountAsync("replace or merge data", () => core.Sessions.ReplaceDataAsync(id, Encoding.UTF8.GetBytes("{}"), null, CancellationToken.None));
        await CountAsync("rotate", () => core.Sessions.RotateAsync(id, new RotationRequest(), CancellationToken.None));
        await CountAsync("end one", () => core.Sessions.RevokeAsync(id, "signed-out", CancellationToken.None));
        await CountAsync("sign out everywhere, 2", () => core.Sessions.RevokeAllAsync(Alice, null, "signed-out", dryRun: false, CancellationToken.None));

        Document.AssertPart("docs/performance.md", "calls-with-events", rows);
    }

    // The other instance has no hint of its own.
    private static async Task CountKeyedAsync(CoreHarness core, CoreHarness other, Func<string, Func<Task>, Task> countAsync)
    {
        var (key, users) = (CoreHarness.KeyOf("anonymous"), CoreHarness.KeyOf("of a user"));
        await countAsync("save under a key, new, anonymous", () => core.SaveAsync(key));
        await countAsync("save under a key, new, of a user", () => core.SaveAsync(users, userId: "bob"));
        await countAsync("save under a key, known", () => core.SaveAsync(key));
        await countAsync("read a key, known, cache miss", () => core.FindDataAsync(key));
        await countAsync("read a key, known, cache hit", () => core.FindDataAsync(key));
        await other.Sessions.IsReadyAsync(CancellationToken.None);
        await countAsync("read a key, by a hint in Redis, cache hit", () => other.FindDataAsync(key));
        await countAsync("read a key, strong", () => core.FindDataAsync(key, ReadConsistency.Strong));
        await countAsync("read a key that has no session", () => core.FindDataAsync(CoreHarness.KeyOf("none")));
        await countAsync("move a key to its user", () => core.SaveAsync(key, userId: "bob"));
        await countAsync("end a key", () => core.Sessions.Keyed.RevokeAsync(users, "signed-out", CancellationToken.None));
    }

    // As IntrospectToken asks without touch; KeyIntrospectionTests shows that the operation adds no call.
    private static async Task CountKeyIntrospectionAsync(CoreHarness core, InMemoryCache cache, Func<string, Func<Task>, Task> countAsync)
    {
        var key = CoreHarness.KeyOf("introspected");
        await core.SaveAsync(key, userId: "carol");
        await core.FindDataAsync(key);
        await countAsync("introspect by key (RFC 7662), cache hit", () => core.FindDataAsync(key));
        cache.Flush();
        await countAsync("introspect by key (RFC 7662), cache miss", () => core.FindDataAsync(key));
        await countAsync("introspect by key (RFC 7662), no such key", () => core.FindDataAsync(CoreHarness.KeyOf("made up")));
    }

    private static int Reads(CountingTable table) => table.Calls(TableOperationKind.Find) + table.Calls(TableOperationKind.Query);

    private static int Writes(CountingTable table) => table.TotalCalls - Reads(table);
}
