using SessionFunctions.Client.Passports;

namespace SessionClient.Tests.Passports;

/// <summary>The set is as the one of the platform.</summary>
public sealed class SidHashSetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public void It_holds_what_was_added_and_nothing_else(int capacity)
    {
        var set = new SidHashSet(capacity);
        var model = new HashSet<SidHash>();
        for (var number = 0; number < 50_000; number++)
        {
            var hash = HashOf(number / 2);
            set.Add(hash);
            model.Add(hash);
        }

        Assert.Equal(model.Count, set.Count);
        Assert.All(Enumerable.Range(0, 50_000), number => Assert.Equal(model.Contains(HashOf(number)), set.Contains(HashOf(number))));
    }

    [Fact]
    public void Hashes_that_want_the_same_slot_are_all_held()
    {
        var set = new SidHashSet(0);
        var hashes = Enumerable.Range(1, 500).Select(static number => new SidHash((ulong)number, ulong.MaxValue)).ToList();
        hashes.ForEach(set.Add);

        Assert.Equal(500, set.Count);
        Assert.All(hashes, hash => Assert.True(set.Contains(hash)));
        Assert.False(set.Contains(new SidHash(501, ulong.MaxValue)));
    }

    [Fact]
    public void A_hash_of_zeros_is_one_as_any_other()
    {
        var set = new SidHashSet(0);
        Assert.False(set.Contains(default));

        set.Add(default);
        set.Add(default);

        Assert.True(set.Contains(default));
        Assert.Equal(1, set.Count);
    }

    private static SidHash HashOf(int number) => SidHash.Of($"ses_{number}");
}
