using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Tests.Operations;

namespace SessionCore.Tests.Caching;

/// <summary>Without Redis nothing is cached, no write is pending and no answer is degraded.</summary>
public sealed class NoCacheTests() : SessionServiceFixture(withCache: false)
{
    private const string Key = "{user}:session";

    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_granted_lease_fills_nothing()
    {
        byte[] lease = [CacheValue.Lease, 1];

        Assert.Null(await NoCache.Instance.LeaseAsync(Key, lease, replaceable: null, Ttl, Never));
        Assert.False(await NoCache.Instance.FillAsync(Key, lease, [CacheValue.Tombstone], Ttl, Never));
        Assert.Null(await NoCache.Instance.GetAsync(Key, Never));
    }

    [Fact]
    public async Task A_tombstone_is_confirmed_because_no_entry_can_contradict_it()
    {
        Assert.True(await NoCache.Instance.EntombAsync([new(Key, [CacheValue.Tombstone])], [], Ttl, Never));
        Assert.Null(await NoCache.Instance.GetAsync(Key, Never));
    }

    [Fact]
    public async Task A_revocation_is_effective_everywhere_at_once()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();

        var before = await instance.ValidateAsync(token);
        var revocation = await instance.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);

        Assert.Equal((ReadSource.Table, false), (before.Source, before.Degraded));
        Assert.NotNull(before.Live);
        Assert.Null(revocation.EffectiveBy);
        Assert.False(await instance.IsAcceptedAsync(token));
    }
}
