using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>The cache steps on StackExchange.Redis, 1.2.6 or 2.x. Every call carries the deadline of <see cref="CacheOptions.OperationTimeout"/>.</summary>
/// <remarks>
/// A write is never sent twice on a time-out: the first may still be waiting in the client and be applied later. The protocol
/// expects that of one write, so a second would win nothing.
/// </remarks>
internal sealed partial class RedisCache : ICache, IAsyncDisposable
{
    // A replica may lag behind: it never answers, not even while the primary is away.
    private const CommandFlags Primary = CommandFlags.DemandMaster;

    private readonly RedisConnection _connection;
    private readonly PendingReplies<RedisValue> _values;
    private readonly PendingReplies<RedisResult> _results;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;
    private readonly string _prefix;
    private readonly ILogger _logger;

    public RedisCache(IOptions<CacheOptions> options, TimeProvider timeProvider, ILogger<RedisCache> logger)
    {
        var settings = options.Value;
        _connection = new RedisConnection(() => RedisConfiguration.Parse(settings), logger);
        _timeout = settings.OperationTimeout;
        _timeProvider = timeProvider;
        _prefix = settings.KeyPrefix;
        _logger = logger;
        _values = new PendingReplies<RedisValue>(_timeout, timeProvider);
        _results = new PendingReplies<RedisResult>(_timeout, timeProvider);
    }

    // The hot path of every validation: one GET, no timer, and a pooled state machine.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var database = _connection.Database ?? await OpenAsync(cancellationToken);
            return await _values.WaitAsync(database.StringGetAsync(Key(key), Primary), cancellationToken);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            LogForeignType(_logger);
            return null;
        }
        catch (Exception e) when (IsTrouble(e, cancellationToken))
        {
            throw new CacheUnavailableException("Redis did not answer a read.", e);
        }
    }

    public async ValueTask<byte[]?> LeaseAsync(
        string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken)
    {
        CacheRules.CheckLease(key, lease, ttl);
        RedisValue[] values = replaceable is null ? [lease, Milliseconds(ttl)] : [lease, Milliseconds(ttl), replaceable];
        return (byte[]?)await RunAsync(RedisScripts.Lease, [Key(key)], values, cancellationToken);
    }

    public async ValueTask<bool> FillAsync(
        string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        CacheRules.CheckFill(key, lease, value, ttl);
        return (long)await RunAsync(RedisScripts.Fill, [Key(key)], [lease, value, Milliseconds(ttl)], cancellationToken) == 1;
    }

    public async ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        CacheRules.CheckRefresh(key, value, ttl);
        await RunAsync(RedisScripts.Refresh, [Key(key)], [value, Milliseconds(ttl)], cancellationToken);
    }

    public async ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones,
        IReadOnlyList<string> removed,
        TimeSpan ttl,
        CancellationToken cancellationToken)
    {
        CacheRules.CheckEntomb(tombstones, removed, ttl);
        var keys = new RedisKey[tombstones.Count + removed.Count];
        var values = new RedisValue[tombstones.Count + 1];
        values[0] = Milliseconds(ttl);
        for (var i = 0; i < tombstones.Count; i++)
        {
            keys[i] = Key(tombstones[i].Key);
            values[i + 1] = tombstones[i].Value;
        }

        for (var i = 0; i < removed.Count; i++)
        {
            keys[tombstones.Count + i] = Key(removed[i]);
        }

        await RunAsync(RedisScripts.Entomb, keys, values, cancellationToken);
        return true;
    }

    public async ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        RedisValue[] values = expected is null ? [] : [expected];
        await RunAsync(RedisScripts.Remove, [Key(key)], values, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _values.Dispose();
        _results.Dispose();
    }

    private static long Milliseconds(TimeSpan ttl) => (long)Math.Ceiling(ttl.TotalMilliseconds);

    private static bool IsTrouble(Exception e, CancellationToken cancellationToken) => e switch
    {
        RedisException or RedisCommandException or TimeoutException or ObjectDisposedException => true,
        // The client cancels what it had queued when its connection closes.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    private RedisKey Key(string key) => _prefix.Length == 0 ? key : _prefix + key;

    private async ValueTask<RedisResult> RunAsync(
        string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var database = _connection.Database ?? await OpenAsync(cancellationToken);
            try
            {
                // The client sends EVALSHA where it knows that the server has the script.
                return await _results.WaitAsync(database.ScriptEvaluateAsync(script, keys, values, Primary), cancellationToken);
            }
            catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                // The server has forgotten the script, so it ran nothing. The client knows that now and sends the text again.
                return await _results.WaitAsync(database.ScriptEvaluateAsync(script, keys, values, Primary), cancellationToken);
            }
        }
        catch (Exception e) when (IsTrouble(e, cancellationToken))
        {
            throw new CacheUnavailableException("Redis did not confirm a write.", e);
        }
    }

    private async ValueTask<IDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _connection.OpenAsync().WaitAsync(_timeout, _timeProvider, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new CacheUnavailableException("Redis cannot be reached yet.", e);
        }
    }
}
