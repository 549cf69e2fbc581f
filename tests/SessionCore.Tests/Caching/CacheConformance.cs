using System.Security.Cryptography;
using System.Text;
using SessionCore.Caching;

namespace SessionCore.Tests.Caching;

/// <summary>What the cache protocol relies on, for every <see cref="ICache"/>.</summary>
public abstract partial class CacheConformance
{
    protected static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);
    protected static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(60);
    protected static readonly CancellationToken None = CancellationToken.None;

    private static readonly byte[] Mine = Bytes("L-mine");
    private static readonly byte[] Theirs = Bytes("L-theirs");
    private static readonly byte[] Tombstone = Bytes("T-ended");

    /// <summary>Gets the cache under test; every test has keys of its own.</summary>
    protected abstract ICache Cache { get; }

    /// <summary>Lets values that last for <see cref="Brief"/> expire.</summary>
    protected abstract Task PassBriefAsync(string key);

    /// <summary>Puts a value past the protocol.</summary>
    protected abstract Task PlantAsync(string key, byte[] value);

    /// <summary>Drops a key past the protocol.</summary>
    protected abstract Task EvictAsync(string key);

    [Fact]
    public async Task An_empty_key_reads_as_nothing() => Assert.Null(await Cache.GetAsync(NewKey(), None));

    [Fact]
    public async Task A_lease_is_granted_to_one_and_shown_to_the_next()
    {
        var key = NewKey();

        Assert.Null(await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None));
        Assert.Equal(Mine, await Cache.LeaseAsync(key, Theirs, replaceable: null, Lasting, None));
        Assert.Equal(Mine, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_lease_is_not_granted_twice_to_its_own_owner()
    {
        var key = NewKey();
        await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None);

        Assert.Equal(Mine, await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None));
    }

    [Theory]
    [InlineData("V0123-stale", "V0123", true)]
    [InlineData("V0123-stale", "V0123-stale", true)]
    [InlineData("V0123-stale", "V0124", false)]
    [InlineData("V0123-stale", "V0123-stale and more", false)]
    [InlineData("V0123-stale", "", false)]
    [InlineData("", "", true)]
    public async Task A_value_is_replaced_or_removed_only_by_whoever_names_its_beginning(string present, string named, bool same)
    {
        var (leased, removed) = (NewKey(), NewKey());
        await PlantAsync(leased, Bytes(present));
        await PlantAsync(removed, Bytes(present));

        var standing = await Cache.LeaseAsync(leased, Mine, Bytes(named), Lasting, None);
        await Cache.RemoveAsync(removed, Bytes(named), None);

        Assert.Equal(same ? null : Bytes(present), standing);
        Assert.Equal(same ? null : Bytes(present), await Cache.GetAsync(removed, None));
    }

    [Fact]
    public async Task A_fill_in_exchange_for_the_lease_puts_the_value()
    {
        var key = NewKey();
        await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None);

        Assert.True(await Cache.FillAsync(key, Mine, Live(1), Lasting, None));
        Assert.Equal(Live(1), await Cache.GetAsync(key, None));
        Assert.Equal(Live(1), await Cache.LeaseAsync(key, Theirs, replaceable: null, Lasting, None));
    }

    [Fact]
    public async Task A_fill_happens_once()
    {
        var key = NewKey();
        await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None);
        await Cache.FillAsync(key, Mine, Live(2), Lasting, None);

        Assert.False(await Cache.FillAsync(key, Mine, Live(1), Lasting, None));
        Assert.Equal(Live(2), await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_fill_without_a_lease_changes_nothing()
    {
        var key = NewKey();

        Assert.False(await Cache.FillAsync(key, Mine, Live(1), Lasting, None));
        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_fill_with_somebody_elses_lease_changes_nothing()
    {
        var key = NewKey();
        await Cache.LeaseAsync(key, Theirs, replaceable: null, Lasting, None);

        Assert.False(await Cache.FillAsync(key, Mine, Live(1), Lasting, None));
        Assert.Equal(Theirs, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_stale_fill_after_a_tombstone_is_refused()
    {
        var key = NewKey();
        await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None);
        Assert.True(await Cache.EntombAsync([new(key, Tombstone)], [], Lasting, None));

        Assert.False(await Cache.FillAsync(key, Mine, Live(1), Lasting, None));
        Assert.Equal(Tombstone, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_fill_after_the_eviction_of_its_lease_is_refused()
    {
        var key = NewKey();
        await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None);
        await EvictAsync(key);

        Assert.False(await Cache.FillAsync(key, Mine, Live(1), Lasting, None));
        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_fill_after_the_lease_ran_out_is_refused()
    {
        var key = NewKey();
        await Cache.LeaseAsync(key, Mine, replaceable: null, Brief, None);
        await PassBriefAsync(key);

        Assert.False(await Cache.FillAsync(key, Mine, Live(1), Lasting, None));
        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_lease_takes_the_place_of_the_value_that_was_judged()
    {
        var key = NewKey();
        await PlantAsync(key, Live(3));

        Assert.Null(await Cache.LeaseAsync(key, Mine, replaceable: Live(3), Lasting, None));
        Assert.Equal(Mine, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_lease_does_not_take_the_place_of_a_value_that_came_since()
    {
        var key = NewKey();
        await PlantAsync(key, Live(4));

        Assert.Equal(Live(4), await Cache.LeaseAsync(key, Mine, replaceable: Live(3), Lasting, None));
        Assert.Equal(Live(4), await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_lease_with_something_replaceable_takes_an_empty_key()
    {
        var key = NewKey();

        Assert.Null(await Cache.LeaseAsync(key, Mine, replaceable: Live(3), Lasting, None));
        Assert.Equal(Mine, await Cache.GetAsync(key, None));
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static byte[] Live(long version, string body = "body") =>
        [CacheValue.Live, .. Version(version), .. Bytes(body)];

    protected static string NewKey() => $"session:{NewTag()}:x";

    protected static string NewTag() => "{" + RandomNumberGenerator.GetHexString(16, lowercase: true) + "}";

    private static byte[] Version(long version) => Bytes(version.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));

    private static byte[] AllBytes() => [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
}
