using SessionCore.Caching;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Operations;

public sealed class TombstoneRetryTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource _retried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLost = true;

    [Fact]
    public async Task A_tombstone_that_Redis_did_not_confirm_is_put_again_in_the_background()
    {
        var cache = new InMemoryCache(_time, AtCacheAsync);
        await using var instance = new CoreHarness(new(new InMemoryTable("sessions"), new InMemoryTable("due")), cache, _time);
        var (id, token) = await instance.CreateAsync();
        Assert.True(await instance.IsAcceptedAsync(token));
        var revocation = await instance.Sessions.RevokeAsync(id, "signed-out", CancellationToken.None);
        Assert.NotNull(revocation.EffectiveBy);
        Assert.Equal(CacheValue.Live, cache.Peek(SessionCache.NameOf(id.Locator))![0]);

        _isLost = false;
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await _retried.Task.WaitAsync(Deadline);

        Assert.Equal(CacheValue.Tombstone, cache.Peek(SessionCache.NameOf(id.Locator))![0]);
    }

    private ValueTask AtCacheAsync(CacheOperation operation)
    {
        if (operation is { Kind: CacheOperationKind.Entomb, Moment: CacheMoment.Before } && _isLost)
        {
            throw new CacheUnavailableException("Lost.");
        }

        if (operation is { Kind: CacheOperationKind.Entomb, Moment: CacheMoment.After })
        {
            _retried.TrySetResult();
        }

        return ValueTask.CompletedTask;
    }
}
