using SessionCore.Caching;
using SessionCore.Sessions;
using Support;

namespace SessionCore.Tests.Operations;

/// <summary>The instant of an end has ended, on every path that answers without the table: the clock stops exactly there.</summary>
public sealed class BoundaryInstantTests : SessionServiceFixture
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Paths => new()
    {
        { "idle", "0" },
        { "absolute", "0" },
        { "idle", "00:00:01" },
        { "absolute", "00:00:01" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_cached_session_counts_up_to_its_end_and_not_at_it(string end, string localAge)
    {
        await using var instance = Instance(("Cache:LocalAge", localAge));
        var token = await CreateAsync(instance, end);
        Assert.True(await instance.IsAcceptedAsync(token));
        var name = Assert.Single(Cache!.Keys, key => key.StartsWith("session:", StringComparison.Ordinal));
        var entry = Cache.Peek(name)!;
        var step = TimeSpan.FromMilliseconds(1);
        Time.Advance(Life - step);

        // Redis may keep a key slightly longer than its TTL.
        Cache.Plant(name, entry, TimeSpan.FromHours(1));
        var before = await instance.ValidateAsync(token);
        Assert.True(before is { Live: not null, Source: ReadSource.Cache });
        Time.Advance(step);
        Cache.Plant(name, entry, TimeSpan.FromHours(1));

        Assert.Null((await instance.ValidateAsync(token)).Live);
    }

    [Fact]
    public async Task A_session_created_at_the_instant_of_a_revoke_before_stays_and_one_a_millisecond_older_goes()
    {
        await using var instance = Instance();
        var older = await CreateAsync(instance, "idle");
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var same = await CreateAsync(instance, "idle");
        Assert.True(await instance.IsAcceptedAsync(older));
        Assert.True(await instance.IsAcceptedAsync(same));

        await instance.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);

        Assert.False(await instance.IsAcceptedAsync(older));
        var reading = await instance.ValidateAsync(same);
        Assert.True(reading is { Live: not null, Source: ReadSource.Cache });
    }

    [Fact]
    public async Task A_cached_list_with_a_session_at_its_end_is_not_believed()
    {
        await using var instance = Instance();
        await CreateAsync(instance, "idle");
        var alice = SessionLocator.PartitionOf("alice");
        Assert.Equal(1, (await instance.Sessions.CountAsync(alice, ReadConsistency.Cached, Never)).Count);
        var name = UserSessionsCache.NameOf(alice);
        var entry = Cache!.Peek(name)!;
        Time.Advance(Life);
        Cache.Plant(name, entry, TimeSpan.FromHours(1));

        Assert.Equal(0, (await instance.Sessions.CountAsync(alice, ReadConsistency.Cached, Never)).Count);
    }

    private static async Task<string> CreateAsync(CoreHarness instance, string end)
    {
        var wish = end == "idle"
            ? new NewSession { UserId = "alice", IdleTimeout = Life }
            : new NewSession { UserId = "alice", AbsoluteLifetime = Life };
        return (await instance.Sessions.CreateAsync(wish, key: null, Never)).Token!.Reveal();
    }
}
