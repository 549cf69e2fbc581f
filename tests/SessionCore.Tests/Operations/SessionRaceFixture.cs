using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Operations;

/// <summary>
/// Fixture of race tests: instances over one table and one cache, where one is paused at a call to a store while another continues.
/// </summary>
public abstract class SessionRaceFixture
{
    private static readonly IReadOnlyList<KeyOptions> Ring = KeyRing.Random();

    private readonly InMemoryTable _due = new("due");
    private readonly InMemoryCache _cache;
    private Func<TableOperation, Task?>? _atTable;

    protected SessionRaceFixture()
    {
        Table = new InMemoryTable("sessions", AtTableAsync);
        _cache = new InMemoryCache(Time, AtCacheAsync);
    }

    protected static CancellationToken Never => CancellationToken.None;

    protected ManualTimeProvider Time { get; } = new();

    protected InMemoryTable Table { get; }

    /// <summary>Gets or sets the kind of cache writes that get lost.</summary>
    protected CacheOperationKind? Lost { get; set; }

    protected CoreHarness Instance(params (string Key, string Value)[] settings) => new(
        new SessionTables(new RetriedTable(Table), _due), _cache, Time, Ring, settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));

    protected static bool IsHead(TableOperation operation) =>
        operation.Kind is TableOperationKind.Find && operation.RowKey!.StartsWith("u_", StringComparison.Ordinal);

    protected static SessionToken Token(CoreHarness instance, string text) =>
        SessionToken.Read(text, instance.Keys, out var token) is TokenVerdict.Genuine
            ? token
            : throw new InvalidOperationException("The token is not genuine.");

    // A caller with a conflict waits by the clock, which stands still by itself. On a busy machine a clock that runs ahead of the callers lets
    // reservations and sessions lapse between two of their steps.
    protected async Task<T> EndAsync<T>(Task<T> call)
    {
        await Time.AdvanceUntilAsync(call);
        return await call;
    }

    // Each is done once, at the first call to the table that fits.
    protected void Once(Func<TableOperation, bool> at, Func<Task> act)
    {
        var next = _atTable;
        var isDone = false;
        _atTable = operation =>
        {
            if (!isDone && at(operation))
            {
                isDone = true;
                return act();
            }

            return next?.Invoke(operation) ?? Task.CompletedTask;
        };
    }

    private ValueTask AtTableAsync(TableOperation operation) =>
        _atTable?.Invoke(operation) is { } act ? new ValueTask(act) : ValueTask.CompletedTask;

    private ValueTask AtCacheAsync(CacheOperation operation) =>
        operation.Moment is CacheMoment.Before && operation.Kind == Lost
            ? throw new CacheUnavailableException("Lost.")
            : ValueTask.CompletedTask;
}
