using SessionCore.Caching;

namespace Support.Caching;

/// <summary>
/// A cache in this process, as strict as Redis with our scripts: each step takes effect at one instant, values expire by the
/// given clock, nothing is shared with the caller. It has a replica that can be made to lag behind and to take over.
/// </summary>
public sealed class InMemoryCache : ICache
{
    private readonly Lock _lock = new();
    private readonly Func<CacheOperation, ValueTask>? _hook;
    private readonly ReplicatedValues _values;
    private readonly ICacheSteps _steps;
    private readonly List<Action> _postponed = [];

    /// <summary>Makes an empty cache.</summary>
    /// <param name="timeProvider">The clock values expire by.</param>
    /// <param name="hook">
    /// Awaited at each moment of each call, outside any lock: the place to delay, to reorder, to throw
    /// <see cref="CacheUnavailableException"/>, or to postpone a write.
    /// </param>
    /// <param name="scripts">Takes the steps by the adapter's scripts on a real server; null to take them here.</param>
    public InMemoryCache(TimeProvider timeProvider, Func<CacheOperation, ValueTask>? hook = null, RedisScriptServer? scripts = null)
    {
        _hook = hook;
        _values = new ReplicatedValues(timeProvider);
        _steps = scripts is null ? new InMemorySteps(_values) : new RedisSteps(_values, scripts);
    }

    /// <summary>Gets a value indicating whether writes reach the replica only by <see cref="ReplicateOne"/>; otherwise they do at once.</summary>
    public bool ReplicaLags
    {
        get => _values.Lags;
        init => _values.Lags = value;
    }

    /// <summary>Gets or sets a value indicating whether a tombstone counts as confirmed only when the replica has it.</summary>
    public bool WaitForReplica { get; set; }

    /// <summary>Gets the keys that hold something, in order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_lock)
            {
                return _values.Keys;
            }
        }
    }

    /// <summary>Gets the number of writes that will take effect late.</summary>
    public int Postponed
    {
        get
        {
            lock (_lock)
            {
                return _postponed.Count;
            }
        }
    }

    /// <summary>Gets the number of writes that the replica lacks.</summary>
    public int Unreplicated
    {
        get
        {
            lock (_lock)
            {
                return _values.Unreplicated;
            }
        }
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return ApplyAsync(CacheOperationKind.Get, key, () => _steps.Get(key), cancellationToken);
    }

    public ValueTask<byte[]?> LeaseAsync(
        string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken)
    {
        CacheRules.CheckLease(key, lease, ttl);
        return ApplyAsync(CacheOperationKind.Lease, key, () => _steps.Lease(key, lease, replaceable, ttl), cancellationToken);
    }

    public ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        CacheRules.CheckFill(key, lease, value, ttl);
        return ApplyAsync(CacheOperationKind.Fill, key, () => _steps.Fill(key, lease, value, ttl), cancellationToken);
    }

    public async ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        CacheRules.CheckRefresh(key, value, ttl);
        await ApplyAsync(CacheOperationKind.Refresh, key, Refresh, cancellationToken);

        bool Refresh()
        {
            _steps.Refresh(key, value, ttl);
            return true;
        }
    }

    public async ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones,
        IReadOnlyList<string> removed,
        TimeSpan ttl,
        CancellationToken cancellationToken)
    {
        CacheRules.CheckEntomb(tombstones, removed, ttl);
        var key = tombstones[0].Key;
        var (written, failOvers) = await ApplyAsync(CacheOperationKind.Entomb, key, Entomb, cancellationToken);
        if (!WaitForReplica)
        {
            return true;
        }

        await RunHookAsync(new CacheOperation(CacheOperationKind.Entomb, CacheMoment.Replicating, key));
        lock (_lock)
        {
            return _values.FailOvers == failOvers && _values.Settled >= written;
        }

        (long Written, int FailOvers) Entomb()
        {
            _steps.Entomb(tombstones, removed, ttl);
            return (_values.Written, _values.FailOvers);
        }
    }

    public async ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        await ApplyAsync(CacheOperationKind.Remove, key, Remove, cancellationToken);

        bool Remove()
        {
            _steps.Remove(key, expected);
            return true;
        }
    }

    /// <summary>Puts anything, past the protocol: for poisoned values.</summary>
    public void Plant(string key, byte[] value, TimeSpan ttl) => Locked(() => _values.Set(key, value, ttl));

    /// <summary>Reads what a key holds, past the protocol; null for nothing.</summary>
    public byte[]? Peek(string key)
    {
        lock (_lock)
        {
            return Copy(_values.Get(key));
        }
    }

    /// <summary>Drops a key, as Redis may when memory runs short.</summary>
    public void Evict(string key) => Locked(() => _values.Remove(key));

    /// <summary>Loses everything, the replica's copy too.</summary>
    public void Flush() => Locked(_values.Clear);

    /// <summary>Gives the replica the oldest write it lacks; false when it lacks none.</summary>
    public bool ReplicateOne()
    {
        lock (_lock)
        {
            return _values.ReplicateOne();
        }
    }

    /// <summary>Makes the replica the primary, with the values it has; the others are lost.</summary>
    public void FailOver() => Locked(_values.FailOver);

    /// <summary>Lets a postponed write take effect.</summary>
    /// <param name="index">Which, from 0 to below <see cref="Postponed"/>.</param>
    public void ApplyPostponed(int index) => Locked(() =>
    {
        var write = _postponed[index];
        _postponed.RemoveAt(index);
        write();
    });

    private static byte[]? Copy(byte[]? value) => value is null ? null : [.. value];

    private async ValueTask<T> ApplyAsync<T>(CacheOperationKind kind, string key, Func<T> step, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new CacheOperation(kind, CacheMoment.Before, key);
        await RunHookAsync(operation);
        if (operation.IsPostponed)
        {
            Locked(() => _postponed.Add(() => step()));
            throw new CacheUnavailableException("The cache did not answer in time; the write takes effect later.");
        }

        T result;
        lock (_lock)
        {
            result = step();
        }

        await RunHookAsync(operation with { Moment = CacheMoment.After });
        return result;
    }

    private ValueTask RunHookAsync(CacheOperation operation) => _hook?.Invoke(operation) ?? ValueTask.CompletedTask;

    private void Locked(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }
}
