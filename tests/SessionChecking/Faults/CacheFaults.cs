using SessionChecking.Histories;
using SessionCore.Caching;
using Support;
using Support.Caching;

namespace SessionChecking.Faults;

/// <summary>Holds up, loses and delays calls to the cache; evicts, flushes and fails over.</summary>
internal sealed class CacheFaults
{
    private const int LooksForReplica = 6;

    private readonly Network _network;
    private readonly Dice _dice;
    private readonly Names _names;
    private readonly Trace _trace;

    public CacheFaults(
        TimeProvider time, bool replicaLags, bool waitForReplica, RedisScriptServer? scripts, Network network, Dice dice, Names names, Trace trace)
    {
        _network = network;
        _dice = dice;
        _names = names;
        _trace = trace;
        Cache = new InMemoryCache(time, AtAsync, scripts) { ReplicaLags = replicaLags, WaitForReplica = waitForReplica };
    }

    public InMemoryCache Cache { get; }

    /// <summary>Lets one of the delayed writes take effect; false when there is none.</summary>
    public bool ApplyOneLate()
    {
        if (Cache.Postponed == 0)
        {
            return false;
        }

        Cache.ApplyPostponed(_dice.Below(Cache.Postponed));
        _trace.Add("cache: a late write takes effect");
        return true;
    }

    public void EvictOne()
    {
        // Keys come in the order of random ids; by their names they come in the same order each time.
        var keys = Cache.Keys.Where(_names.Knows).OrderBy(_names.Of, StringComparer.Ordinal).ToArray();
        if (keys.Length > 0)
        {
            // A tombstone that goes early is what a protocol that relies on it does not survive.
            var tombstones = keys.Where(key => Cache.Peek(key) is [CacheValue.Tombstone, ..]).ToArray();
            var key = _dice.Pick(tombstones.Length > 0 && _dice.Chance(0.6) ? tombstones : keys);
            Cache.Evict(key);
            _trace.Add($"cache: evicts {_names.Of(key)}");
        }
    }

    private async ValueTask AtAsync(CacheOperation operation)
    {
        switch (operation.Moment)
        {
            case CacheMoment.Before:
                await BeforeAsync(operation);
                break;
            case CacheMoment.Replicating:
                await AwaitReplicaAsync();
                break;
            default:
                await AfterAsync(operation);
                break;
        }
    }

    private async ValueTask BeforeAsync(CacheOperation operation)
    {
        await _network.PassAsync();
        if (_network.Loses(share: 1) || (operation.Kind is CacheOperationKind.Refresh or CacheOperationKind.Entomb && _network.LosesUpdate()))
        {
            _trace.Add(operation, _names, "lost");
            throw new CacheUnavailableException("The cache did not answer in time.");
        }

        if (operation.Kind is not CacheOperationKind.Get && _network.Delays(share: 1))
        {
            _trace.Add(operation, _names, "held up");
            operation.Postpone();
        }
    }

    private async ValueTask AfterAsync(CacheOperation operation)
    {
        _trace.Add(operation, _names);
        await _network.PassAsync();
        if (_network.LosesAnswer(share: 1))
        {
            _trace.Add(operation, _names, "answer lost");
            throw new CacheUnavailableException("The cache's answer did not arrive.");
        }
    }

    private async ValueTask AwaitReplicaAsync()
    {
        for (var look = 0; look < LooksForReplica && Cache.Unreplicated > 0; look++)
        {
            await _network.PassAsync();
        }
    }
}
