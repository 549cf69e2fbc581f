using SessionCore.Sessions;
using Support.Caching;

namespace SessionCore.Tests.Operations;

/// <summary>Reads that bound the age of what they return.</summary>
public sealed class BoundedAgeTests : SessionServiceFixture
{
    private static readonly ReadConsistency FiveSeconds = ReadConsistency.Within(TimeSpan.FromSeconds(5));

    [Fact]
    public async Task An_entry_of_the_age_that_is_asked_for_answers_and_an_older_one_does_not()
    {
        await using var instance = Instance();
        var (id, _) = await CreateCachedAsync(instance);
        Time.Advance(TimeSpan.FromSeconds(5));
        var young = await instance.Sessions.FindAsync(id, FiveSeconds, Never);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var old = await instance.Sessions.FindAsync(id, FiveSeconds, Never);

        Assert.Equal((ReadSource.Cache, TimeSpan.FromSeconds(5)), (young.Source, young.AgeAt(Time.GetUtcNow() - TimeSpan.FromMilliseconds(1))));
        Assert.Equal((ReadSource.Table, TimeSpan.Zero), (old.Source, old.AgeAt(Time.GetUtcNow())));
    }

    [Fact]
    public async Task What_is_read_for_it_takes_the_place_of_the_older_entry()
    {
        await using var instance = Instance();
        var (id, _) = await CreateCachedAsync(instance);
        Time.Advance(TimeSpan.FromSeconds(20));
        await instance.Sessions.FindAsync(id, FiveSeconds, Never);
        var before = Counted.TotalCalls;
        Time.Advance(TimeSpan.FromSeconds(5));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ReadSource.Cache, (await instance.Sessions.FindAsync(id, FiveSeconds, Never)).Source);
        }

        // None for the session.
        Assert.Equal(before, Counted.TotalCalls);
    }

    [Fact]
    public async Task It_sees_a_change_that_the_cache_has_missed_once_its_age_is_over()
    {
        await using var instance = Instance();
        var (id, _) = await CreateCachedAsync(instance);
        Lost = CacheOperationKind.Refresh;
        await using var other = Instance();
        await other.Sessions.ReplaceDataAsync(id, Utf8("""{"n":2}"""), ifVersion: null, Never);
        Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("{}", await DataAsync(instance, id, ReadConsistency.Cached));
        Assert.Equal("""{"n":2}""", await DataAsync(instance, id, FiveSeconds));
    }

    [Fact]
    public async Task What_a_process_keeps_for_a_moment_is_not_asked()
    {
        await using var instance = Instance(("Cache:LocalAge", "00:00:01"));
        var (id, _) = await CreateCachedAsync(instance);
        Lost = CacheOperationKind.Get;

        Assert.Equal(ReadSource.Cache, (await instance.Sessions.FindAsync(id, ReadConsistency.Cached, Never)).Source);
        Assert.Equal(ReadSource.Table, (await instance.Sessions.FindAsync(id, FiveSeconds, Never)).Source);
    }

    [Fact]
    public async Task A_count_of_bounded_age_is_that_young()
    {
        await using var instance = Instance();
        await instance.CreateAsync();
        var alice = SessionLocator.PartitionOf("alice");
        await instance.Sessions.CountAsync(alice, ReadConsistency.Cached, Never);
        Time.Advance(TimeSpan.FromSeconds(5));
        var young = await instance.Sessions.CountAsync(alice, FiveSeconds, Never);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var old = await instance.Sessions.CountAsync(alice, FiveSeconds, Never);

        Assert.Equal((ReadSource.Cache, TimeSpan.FromSeconds(5)), (young.Source, young.Age));
        Assert.Equal((ReadSource.Table, TimeSpan.Zero), (old.Source, old.Age));
    }

    [Fact]
    public async Task An_age_of_zero_is_strong()
    {
        Assert.Equal(ReadConsistency.Strong, ReadConsistency.Within(TimeSpan.Zero));
        await using var instance = Instance();
        var (id, _) = await CreateCachedAsync(instance);
        Assert.Equal(ReadSource.Table, (await instance.Sessions.FindAsync(id, ReadConsistency.Within(TimeSpan.Zero), Never)).Source);
    }

    private static async Task<string> DataAsync(Support.CoreHarness instance, SessionId id, ReadConsistency consistency) =>
        System.Text.Encoding.UTF8.GetString((await instance.Sessions.FindAsync(id, consistency, Never)).Live!.DataJson);

    private static async Task<(SessionId Id, string Token)> CreateCachedAsync(Support.CoreHarness instance)
    {
        var (id, token) = await instance.CreateAsync();
        await instance.Sessions.FindAsync(id, ReadConsistency.Cached, Never);
        return (id, token);
    }
}
