using System.Text;
using System.Text.Json;
using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using SessionCore.Tests.Storage;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Operations;

/// <summary>What the tests of the service share: fresh tables, a fresh cache, a clock that stands still, and one instance over them.</summary>
public abstract class SessionServiceFixture
{
    private static readonly IReadOnlyList<KeyOptions> Ring = KeyRing.Random();

    protected SessionServiceFixture(bool withCache = true)
    {
        Time = new ManualTimeProvider();
        Table = new InMemoryTable("sessions");
        Due = new InMemoryTable("sessiondue");
        Counted = new CountingTable(Table);
        Cache = withCache ? new InMemoryCache(Time, AtCacheAsync) : null;
    }

    /// <summary>Gets what makes the tags of the instances' ring.</summary>
    internal static RowTags Tags { get; } = TagsOf.Ring(Ring);

    internal static CancellationToken Never => CancellationToken.None;

    protected ManualTimeProvider Time { get; }

    protected InMemoryTable Table { get; }

    protected InMemoryTable Due { get; }

    protected CountingTable Counted { get; }

    protected InMemoryCache? Cache { get; }

    /// <summary>Gets or sets the kind of cache writes that get lost.</summary>
    protected CacheOperationKind? Lost { get; set; }

    /// <summary>Another instance of the service over the same tables and cache.</summary>
    protected CoreHarness Instance(params (string Key, string Value)[] settings) => new(
        new SessionTables(Counted, Due), Cache, Time, Ring, settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));

    protected static SessionToken Token(CoreHarness instance, string text) =>
        SessionToken.Read(text, instance.Keys, out var token) is TokenVerdict.Genuine
            ? token
            : throw new InvalidOperationException("The token is not genuine.");

    protected static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    internal static JsonElement View(LiveSession session, SessionView view, DateTimeOffset now)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        session.WriteTo(output, view, now);
        return JsonDocument.Parse(output.WrittenMemory).RootElement;
    }

    private ValueTask AtCacheAsync(CacheOperation operation) =>
        operation.Moment is CacheMoment.Before && operation.Kind == Lost
            ? throw new CacheUnavailableException("Lost.")
            : ValueTask.CompletedTask;

    protected async Task<int> HeadCountAsync(string userId)
    {
        var partition = SessionLocator.PartitionOf(userId).ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
        var row = await Table.FindAsync(partition, "u_" + partition, Never);
        return (int)(row?.GetInt64("count") ?? 0);
    }
}
