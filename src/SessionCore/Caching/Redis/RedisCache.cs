using Microsoft.Extensions.Caching.StackExchangeRedis;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>
/// Cache steps on StackExchange.Redis, with the connection and prefix of <see cref="RedisCacheOptions"/>. Every call has the time-out
/// <see cref="CacheOptions.OperationTimeout"/>.
/// </summary>
/// <remarks>
/// A write is never sent again after a time-out: the first may still be queued in the client and be applied later. The protocol allows
/// for that, so a second write would gain nothing.
/// </remarks>
internal sealed class RedisCache : ICache, IDisposable, IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly RedisConnection? _waiting;
    private readonly GatheredReads _reads;
    private readonly RedisScriptRunner _scripts;
    private readonly ReplicatedWrites? _replicated;
    private readonly TimeSpan _timeout;
    private readonly string _prefix;

    /// <summary>Prepares the cache; nothing is contacted before the first step.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="shared">The shared connection of the process, and the key prefix.</param>
    /// <param name="connectAlone">
    /// Opens a separate connection for writes that wait for replicas: WAIT blocks all later commands.
    /// </param>
    /// <param name="timeProvider">The clock of deadlines.</param>
    public RedisCache(
        CacheOptions options, RedisCacheOptions shared, Func<Task<IConnectionMultiplexer>> connectAlone, TimeProvider timeProvider)
    {
        var connect = shared.ConnectionMultiplexerFactory
            ?? throw new ArgumentException($"{nameof(RedisCacheOptions.ConnectionMultiplexerFactory)} is not set.", nameof(shared));
        _timeout = options.OperationTimeout;
        _prefix = shared.InstanceName ?? string.Empty;
        _connection = new RedisConnection(connect, timeProvider);
        _reads = new GatheredReads(_timeout, timeProvider);
        _scripts = new RedisScriptRunner(_connection, _timeout, timeProvider);
        if (options.ReplicaAcks > 0)
        {
            _waiting = new RedisConnection(connectAlone, timeProvider);
            _replicated = new ReplicatedWrites(token => _waiting.OpenAsync(_timeout, token), options, timeProvider);
        }
    }

    public IDisposable? Gather() => _reads.Gather();

    // The hot path of every validation: synchronous once the connection is open.
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _connection.Open is { } database
            ? _reads.ReadAsync(database, Key(key), cancellationToken)
            : OpenAndGetAsync(key, cancellationToken);
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
        cancellationToken.ThrowIfCancellationRequested();
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

        if (_replicated is null)
        {
            await RunAsync(RedisScripts.Entomb, keys, values, cancellationToken);
            return true;
        }

        try
        {
            return await _replicated.RunAsync(RedisScripts.Entomb, keys, values, cancellationToken);
        }
        catch (Exception e) when (IsTrouble(e, cancellationToken))
        {
            throw NotConfirmed(e);
        }
    }

    public async ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        RedisValue[] values = expected is null ? [] : [expected];
        await RunAsync(RedisScripts.Remove, [Key(key)], values, cancellationToken);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _waiting?.Dispose();
        _replicated?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        if (_waiting is not null)
        {
            await _waiting.DisposeAsync();
        }

        Dispose();
    }

    private static long Milliseconds(TimeSpan ttl) => (long)Math.Ceiling(ttl.TotalMilliseconds);

    private static bool IsTrouble(Exception e, CancellationToken cancellationToken) => e switch
    {
        RedisException or RedisCommandException or TimeoutException or ObjectDisposedException => true,
        // The client cancels its queued commands when its connection closes.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    private static CacheUnavailableException NotConfirmed(Exception e) =>
        new("Redis did not confirm a write.", e) { IsRefusedWrite = e is RedisServerException };

    private RedisKey Key(string key) => _prefix.Length == 0 ? key : _prefix + key;

    private async ValueTask<byte[]?> OpenAndGetAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var database = await _connection.OpenAsync(_timeout, cancellationToken);
            return await _reads.ReadAsync(database, Key(key), cancellationToken);
        }
        catch (ObjectDisposedException e)
        {
            throw new CacheUnavailableException("The cache has been closed.", e);
        }
    }

    private async ValueTask<RedisResult> RunAsync(
        string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await _scripts.RunAsync(script, keys, values, cancellationToken);
        }
        catch (Exception e) when (IsTrouble(e, cancellationToken))
        {
            throw NotConfirmed(e);
        }
    }
}
