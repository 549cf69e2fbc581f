using Microsoft.Extensions.Options;
using SessionChecking.Workloads;
using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>Seals a cache entry again with another read time.</summary>
internal sealed class Restamp
{
    private readonly CacheSealer _sealer = new(
        InstanceFactory.Keys, new SessionTables(new InMemoryTable("sessions"), new InMemoryTable("due")), Options.Create(new CacheOptions()));

    /// <summary>Returns the entry with another read time; values other than live entries are unchanged.</summary>
    public byte[] With(string key, byte[] value, DateTimeOffset readAt)
    {
        byte[] opened = [.. value];
        if (value is not [CacheValue.Live, ..]
            || !key.StartsWith("session:", StringComparison.Ordinal)
            || _sealer.OpenInPlace(key, opened, CacheValue.LiveHeaderBytes, out var body) is not Opening.Opened
            || LiveSession.Read(locator: default, version: 0, body) is not { } live)
        {
            return value;
        }

        var stamped = live.SeenAt(live.LastSeenAt, live.IdleExpiresAt, version: 0, live.ETag, readAt);
        return _sealer.Seal(key, value.AsSpan(0, CacheValue.LiveHeaderBytes), stamped.Bytes);
    }
}
