using Microsoft.Extensions.Caching.Distributed;
using SessionFunctions.Client;
using Support.Faults;
using Support.Servers;

namespace SessionClient.Tests.Caching;

/// <summary>The cache on bad days.</summary>
[Collection(nameof(RunningApi))]
public sealed class CacheFaultTests(RunningApi api)
{
    [Fact]
    public async Task Every_member_throws_when_the_service_is_down()
    {
        await using var down = new TestedCache(RunningApi.AddressOf(FreePort.Next()), api.ServiceKey);
        var cache = down.Cache;

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => cache.GetAsync("key"));
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => cache.SetAsync("key", [1]));
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => cache.RefreshAsync("key"));
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => cache.RemoveAsync("key"));
        Assert.Throws<SessionsUnavailableException>(() => cache.Get("key"));
        Assert.Throws<SessionsUnavailableException>(() => cache.Set("key", [1]));
    }

    [Fact]
    public async Task A_set_whose_answer_is_lost_is_kept_and_a_removal_is_made()
    {
        await using var proxy = await api.StartProxyAsync();
        await using var tested = new TestedCache(RunningApi.AddressOf(proxy.Port), api.ServiceKey);
        var key = TestedCache.NewKey();
        await tested.Cache.SetAsync(key, [1]);

        proxy.Fate = Once(HttpFault.CutAnswer);
        await tested.Cache.SetAsync(key, [2]);
        Assert.Equal((byte[])[2], await tested.Cache.GetAsync(key));

        proxy.Fate = Once(HttpFault.CutAnswer);
        await tested.Cache.RemoveAsync(key);
        Assert.Null(await tested.Cache.GetAsync(key));
    }

    [Fact]
    public async Task A_policy_that_became_stricter_is_learnt_anew()
    {
        await using var proxy = await api.StartProxyAsync();
        await using var tested = new TestedCache(RunningApi.AddressOf(proxy.Port), api.ServiceKey);
        await tested.Cache.SetAsync(TestedCache.NewKey(), [1]);
        var key = TestedCache.NewKey();
        var before = proxy.Calls;

        proxy.Fate = Once(HttpFault.Problem(400, "validation"));
        await tested.Cache.SetAsync(key, [2]);

        Assert.Equal((byte[])[2], await tested.Cache.GetAsync(key));
        Assert.Equal(5, proxy.Calls - before); // refused, two to learn the policy, set, get
    }

    private static Func<ProxiedRequest, HttpFault?> Once(HttpFault fault)
    {
        var left = 1;
        return _ => Interlocked.Exchange(ref left, 0) == 1 ? fault : null;
    }
}
