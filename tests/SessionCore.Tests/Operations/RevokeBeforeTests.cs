using SessionCore.Sessions;

namespace SessionCore.Tests.Operations;

/// <summary>When a revoke-before holds on an instance that did not make it, and on one that has the session in the cache.</summary>
public sealed class RevokeBeforeTests : SessionServiceFixture
{
    [Fact]
    public async Task It_holds_for_cached_entries_at_once_where_it_was_made()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        await AssertCachedAsync(instance, token);
        Time.Advance(TimeSpan.FromSeconds(1));

        await instance.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);

        Assert.Equal(EndReasons.RevokedBefore, (await instance.ValidateAsync(token)).Ended!.Reason);
    }

    [Fact]
    public async Task It_holds_for_cached_entries_elsewhere_as_soon_as_the_instant_is_read_there()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (_, token) = await instance.CreateAsync();
        await AssertCachedAsync(other, token);
        Time.Advance(TimeSpan.FromSeconds(1));
        var effectiveBy = await instance.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);

        // Any look at the table reads the instant, at most every ten seconds.
        Time.Advance(TimeSpan.FromSeconds(10));
        await other.Sessions.FindAsync(new SessionId(new SessionLocator(1, 2)), ReadConsistency.Cached, Never);

        Assert.True(Time.GetUtcNow() < effectiveBy);
        Assert.False(await other.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task A_strong_read_knows_it_at_once_although_the_instance_has_read_the_instant_a_moment_ago()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (_, token) = await instance.CreateAsync();
        Assert.True(await other.IsAcceptedAsync(token, ReadConsistency.Strong));
        Time.Advance(TimeSpan.FromSeconds(1));

        await instance.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);

        Assert.False(await other.IsAcceptedAsync(token, ReadConsistency.Strong));
        var alice = SessionLocator.PartitionOf("alice");
        Assert.Equal(0, (await other.Sessions.CountAsync(alice, ReadConsistency.Strong, Never)).Count);
    }

    [Fact]
    public async Task A_read_of_bounded_age_knows_it_within_that_age()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (_, token) = await instance.CreateAsync();
        await AssertCachedAsync(other, token);
        Time.Advance(TimeSpan.FromSeconds(1));
        await instance.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await other.IsAcceptedAsync(token));
        Assert.True(await other.IsAcceptedAsync(token, ReadConsistency.Within(TimeSpan.FromSeconds(2))));
        Assert.False(await other.IsAcceptedAsync(token, ReadConsistency.Within(TimeSpan.FromSeconds(1))));
    }

    private static async Task AssertCachedAsync(Support.CoreHarness instance, string token)
    {
        Assert.True(await instance.IsAcceptedAsync(token));
        Assert.Equal(ReadSource.Cache, (await instance.ValidateAsync(token)).Source);
    }
}
