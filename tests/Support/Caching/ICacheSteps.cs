namespace Support.Caching;

/// <summary>The atomic steps of <see cref="SessionCore.Caching.ICache"/>, each taken at one instant over <see cref="ReplicatedValues"/>.</summary>
internal interface ICacheSteps
{
    byte[]? Get(string key);

    byte[]? Lease(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl);

    bool Fill(string key, byte[] lease, byte[] value, TimeSpan ttl);

    void Refresh(string key, byte[] value, TimeSpan ttl);

    void Entomb(IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl);

    void Remove(string key, byte[]? expected);
}
