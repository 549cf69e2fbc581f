using System.Globalization;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Caching;
using SessionCore.Caching.Redis;
using StackExchange.Redis;
using Support.Servers;
using RedisCache = SessionCore.Caching.Redis.RedisCache;

namespace Support.Caching;

/// <summary>A real Redis that runs the scripts of the adapter, one step at a time, for caches in this process (see <see cref="InMemoryCache"/>).</summary>
public sealed class RedisScriptServer : IAsyncDisposable
{
    // One command, so that nothing is left behind.
    private const string Take = """
        local value = redis.call('GET', KEYS[1])
        local ttl = redis.call('PTTL', KEYS[1])
        redis.call('DEL', KEYS[1])
        return { value, ttl }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RedisServer _server;
    private readonly IConnectionMultiplexer _multiplexer;
    private readonly RedisCache _cache;
    private int _prefixes;

    private RedisScriptServer(RedisServer server, IConnectionMultiplexer multiplexer, RedisCache cache)
    {
        _server = server;
        _multiplexer = multiplexer;
        _cache = cache;
    }

    internal ICache Cache => _cache;

    /// <summary>Starts a server.</summary>
    /// <param name="rewrite">Changes the text of the adapter's scripts, to plant a fault; null to leave them.</param>
    public static async Task<RedisScriptServer> StartAsync(Func<string, string>? rewrite = null)
    {
        var server = await RedisServer.StartAsync(CancellationToken.None);
        var options = new CacheOptions { ConnectionString = server.Address, OperationTimeout = Patience };
        var multiplexer = await new RedisMultiplexer(new ConnectionStringLogin(options), NullLogger.Instance).ConnectAsync();
        var shared = new RedisCacheOptions { ConnectionMultiplexerFactory = ConnectAsync };
        return new RedisScriptServer(server, multiplexer, new RedisCache(options, shared, ConnectAsync, TimeProvider.System));

        async Task<IConnectionMultiplexer> ConnectAsync()
        {
            var own = await new RedisMultiplexer(new ConnectionStringLogin(options), NullLogger.Instance).ConnectAsync();
            return rewrite is null ? own : RewrittenScripts.Over(own, rewrite);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cache.DisposeAsync();
        await _multiplexer.DisposeAsync();
        await _server.DisposeAsync();
    }

    internal string NewPrefix() => string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _prefixes)}:");

    internal Task PutAsync(string key, byte[]? value) =>
        value is null ? Task.CompletedTask : _multiplexer.GetDatabase().StringSetAsync(key, value);

    internal async Task<(byte[]? Value, TimeSpan? Ttl)> TakeAsync(string key)
    {
        var answer = ((RedisResult[]?)await _multiplexer.GetDatabase().ScriptEvaluateAsync(Take, [key]))!; // the script returns an array
        var ttl = (long)answer[1];
        return ((byte[]?)answer[0], ttl < 0 ? null : TimeSpan.FromMilliseconds(ttl));
    }
}
