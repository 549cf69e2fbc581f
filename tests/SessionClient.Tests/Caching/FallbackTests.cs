using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using SessionFunctions.Client;

namespace SessionClient.Tests.Caching;

/// <summary>The cache that was used before, for as long as its entries live.</summary>
[Collection(nameof(RunningApi))]
public sealed class FallbackTests(RunningApi api) : IAsyncLifetime
{
    private readonly MemoryDistributedCache _old = new(Options.Create(new MemoryDistributedCacheOptions()));
    private readonly string _key = TestedCache.NewKey();
    private TestedCache? _tested;

    private TestedCache Tested => _tested ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        _tested = new TestedCache(api.Address, api.ServiceKey, options => options.Fallback = _old);
        await _old.SetAsync(_key, [1]);
    }

    public async Task DisposeAsync() => await Tested.DisposeAsync();

    [Fact]
    public async Task An_entry_that_is_not_found_is_read_from_the_old_cache()
    {
        await Tested.Cache.RefreshAsync(_key);

        Assert.Equal((byte[])[1], await Tested.Cache.GetAsync(_key));
        Assert.Null(await Tested.Cache.GetAsync(TestedCache.NewKey()));
    }

    [Fact]
    public async Task An_entry_that_is_set_has_left_the_old_cache()
    {
        await Tested.Cache.SetAsync(_key, [2]);

        Assert.Equal((byte[])[2], await Tested.Cache.GetAsync(_key));
        Assert.Null(await _old.GetAsync(_key));
    }

    [Fact]
    public async Task An_entry_that_is_removed_is_gone_from_both()
    {
        await Tested.Cache.RemoveAsync(_key);

        Assert.Null(await Tested.Cache.GetAsync(_key));
        Assert.Null(await _old.GetAsync(_key));
    }

    [Fact]
    public async Task A_set_that_an_ended_session_refuses_brings_no_old_value_back()
    {
        await Tested.Cache.SetAsync(_key, [2]);
        await Tested.Keyed.EndAsync(SessionKey.Of(_key), "revoked");
        await _old.SetAsync(_key, [1]);

        await Tested.Cache.SetAsync(_key, [3]);

        Assert.Null(await Tested.Cache.GetAsync(_key));
    }
}
