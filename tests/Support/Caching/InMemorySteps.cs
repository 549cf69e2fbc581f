using SessionCore.Caching;

namespace Support.Caching;

/// <summary>The steps as this project understands them: what the scripts of Redis are compared with.</summary>
internal sealed class InMemorySteps(ReplicatedValues values) : ICacheSteps
{
    public byte[]? Get(string key) => Copy(values.Get(key));

    public byte[]? Lease(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl)
    {
        var present = values.Get(key);
        if (present is not null && !BeginsWith(present, replaceable))
        {
            return Copy(present);
        }

        values.Set(key, lease, ttl);
        return null;
    }

    public bool Fill(string key, byte[] lease, byte[] value, TimeSpan ttl)
    {
        if (!IsEqual(values.Get(key), lease))
        {
            return false;
        }

        values.Set(key, value, ttl);
        return true;
    }

    public void Refresh(string key, byte[] value, TimeSpan ttl)
    {
        var present = values.Get(key);
        switch (present is [var kind, ..] ? kind : 0)
        {
            case CacheValue.Live when Version(present).SequenceCompareTo(Version(value)) < 0:
                values.Set(key, value, ttl);
                break;
            case CacheValue.Lease:
                values.Remove(key);
                break;
            default:
                break;
        }
    }

    public void Entomb(IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl)
    {
        foreach (var gone in removed)
        {
            values.Remove(gone);
        }

        foreach (var (tombstone, value) in tombstones)
        {
            values.Set(tombstone, value, ttl);
        }
    }

    public void Remove(string key, byte[]? expected)
    {
        if (expected is null || BeginsWith(values.Get(key), expected))
        {
            values.Remove(key);
        }
    }

    private static bool IsEqual(byte[]? present, byte[]? other) =>
        present is not null && other is not null && present.AsSpan().SequenceEqual(other);

    // An empty beginning is that of an empty value only.
    private static bool BeginsWith(byte[]? present, byte[]? beginning) =>
        IsEqual(present, beginning)
        || (present is not null && beginning is { Length: > 0 } && present.AsSpan().StartsWith(beginning));

    private static byte[]? Copy(byte[]? value) => value is null ? null : [.. value];

    private static ReadOnlySpan<byte> Version(ReadOnlySpan<byte> value) =>
        value[1..Math.Min(value.Length, CacheValue.LiveHeaderBytes)];
}
