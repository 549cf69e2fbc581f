namespace Support.Caching;

/// <summary>The keys of a primary and of a replica with a controlled lag. Not thread-safe.</summary>
internal sealed class ReplicatedValues(TimeProvider timeProvider)
{
    private readonly Queue<(string Key, Value? Value)> _unreplicated = new();
    private Dictionary<string, Value> _primary = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _replica = new(StringComparer.Ordinal);

    /// <summary>Gets how many writes there have been in all, lost ones included.</summary>
    public long Written { get; private set; }

    /// <summary>Gets how many of them have reached the replica or are lost.</summary>
    public long Settled => Written - _unreplicated.Count;

    /// <summary>Gets how often the replica became the primary.</summary>
    public int FailOvers { get; private set; }

    /// <summary>Gets or sets a value indicating whether the replica waits for <see cref="ReplicateOne"/>.</summary>
    public bool Lags { get; set; }

    public int Unreplicated => _unreplicated.Count;

    public IReadOnlyList<string> Keys
    {
        get
        {
            var now = timeProvider.GetUtcNow();
            return [.. _primary.Where(entry => now < entry.Value.ExpiresAt).Select(entry => entry.Key).Order(StringComparer.Ordinal)];
        }
    }

    public byte[]? Get(string key) =>
        _primary.TryGetValue(key, out var value) && timeProvider.GetUtcNow() < value.ExpiresAt ? value.Bytes : null;

    public void Set(string key, byte[] bytes, TimeSpan ttl) =>
        Write(key, new Value([.. bytes], timeProvider.GetUtcNow() + ttl));

    /// <summary>Removes a key. As in Redis, the replica hears of it only if there was something.</summary>
    public void Remove(string key)
    {
        if (Get(key) is not null)
        {
            Write(key, value: null);
        }
    }

    public void Clear()
    {
        _primary.Clear();
        _replica.Clear();
        _unreplicated.Clear();
    }

    public bool ReplicateOne()
    {
        if (!_unreplicated.TryDequeue(out var write))
        {
            return false;
        }

        Apply(_replica, write.Key, write.Value);
        return true;
    }

    public void FailOver()
    {
        _primary = new Dictionary<string, Value>(_replica, StringComparer.Ordinal);
        _unreplicated.Clear();
        FailOvers++;
    }

    private static void Apply(Dictionary<string, Value> values, string key, Value? value)
    {
        if (value is null)
        {
            values.Remove(key);
        }
        else
        {
            values[key] = value;
        }
    }

    private void Write(string key, Value? value)
    {
        Apply(_primary, key, value);
        Written++;
        if (Lags)
        {
            _unreplicated.Enqueue((key, value));
        }
        else
        {
            Apply(_replica, key, value);
        }
    }

    private sealed record Value(byte[] Bytes, DateTimeOffset ExpiresAt);
}
