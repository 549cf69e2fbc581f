using System.Security.Cryptography;
using SessionCore.Caching;

namespace SessionCore.Tests.Caching;

public abstract partial class CacheConformance
{
    [Theory]
    [InlineData(5, 6, 6)]
    [InlineData(5, 5, 5)]
    [InlineData(5, 4, 5)]
    [InlineData(9, 10, 10)] // 9 < a in hex text
    [InlineData(15, 16, 16)]
    [InlineData(16, 15, 16)]
    [InlineData(0x7fff_ffff_ffff_fffe, long.MaxValue, long.MaxValue)]
    public async Task A_refresh_replaces_a_live_value_of_a_lower_version_only(long present, long refreshed, long expected)
    {
        var key = NewKey();
        await PlantAsync(key, Live(present, "before"));

        await Cache.RefreshAsync(key, Live(refreshed, "after"), Lasting, None);

        var value = Live(expected, refreshed > present ? "after" : "before");
        Assert.Equal(value, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_refresh_creates_nothing_in_an_empty_key()
    {
        var key = NewKey();

        await Cache.RefreshAsync(key, Live(1), Lasting, None);

        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_refresh_removes_a_lease_so_that_a_fill_in_flight_is_refused()
    {
        var key = NewKey();
        await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None);

        await Cache.RefreshAsync(key, Live(9), Lasting, None);

        Assert.Null(await Cache.GetAsync(key, None));
        Assert.False(await Cache.FillAsync(key, Mine, Live(8), Lasting, None));
    }

    [Fact]
    public async Task A_refresh_leaves_a_tombstone()
    {
        var key = NewKey();
        await Cache.EntombAsync([new(key, Tombstone)], [], Lasting, None);

        await Cache.RefreshAsync(key, Live(long.MaxValue), Lasting, None);

        Assert.Equal(Tombstone, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_refresh_leaves_what_it_does_not_know()
    {
        var key = NewKey();
        await PlantAsync(key, Bytes("garbage of some length"));

        await Cache.RefreshAsync(key, Live(1), Lasting, None);

        Assert.Equal(Bytes("garbage of some length"), await Cache.GetAsync(key, None));
    }

    [Theory]
    [InlineData("V")]
    [InlineData("V00")]
    public async Task A_refresh_replaces_a_live_value_whose_version_was_cut_off(string cut)
    {
        var key = NewKey();
        await PlantAsync(key, Bytes(cut));

        await Cache.RefreshAsync(key, Live(1), Lasting, None);

        Assert.Equal(Live(1), await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task Tombstones_replace_whatever_stands_there_and_lists_go_in_the_same_step()
    {
        var tag = NewTag();
        string[] keys = [$"session:{tag}:empty", $"session:{tag}:live", $"session:{tag}:lease", $"session:{tag}:ended"];
        string[] lists = [$"user:{tag}:sessions", $"user:{tag}:missing"];
        await PlantAsync(keys[1], Live(7));
        await PlantAsync(keys[2], Theirs);
        await PlantAsync(keys[3], Bytes("T-before"));
        await PlantAsync(lists[0], Live(1));

        Assert.True(await Cache.EntombAsync([.. keys.Select(key => KeyValuePair.Create(key, Bytes("T" + key)))], lists, Lasting, None));

        foreach (var key in keys)
        {
            Assert.Equal(Bytes("T" + key), await Cache.GetAsync(key, None));
        }

        foreach (var list in lists)
        {
            Assert.Null(await Cache.GetAsync(list, None));
        }
    }

    [Fact]
    public async Task A_key_that_is_entombed_and_removed_at_once_keeps_its_tombstone()
    {
        var key = NewKey();

        await Cache.EntombAsync([new(key, Tombstone)], [key], Lasting, None);

        Assert.Equal(Tombstone, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task As_many_tombstones_as_a_user_can_have_sessions_fit_one_call()
    {
        var tag = NewTag();
        var tombstones = Enumerable.Range(0, 98).Select(i => KeyValuePair.Create($"session:{tag}:{i}", Bytes("T" + i))).ToArray();

        Assert.True(await Cache.EntombAsync(tombstones, [$"user:{tag}:sessions"], Lasting, None));

        Assert.Equal(Bytes("T0"), await Cache.GetAsync(tombstones[0].Key, None));
        Assert.Equal(Bytes("T97"), await Cache.GetAsync(tombstones[97].Key, None));
    }

    [Fact]
    public async Task Keys_of_two_slots_are_refused_in_one_call()
    {
        var key = NewKey();

        await Assert.ThrowsAsync<ArgumentException>(
            async () => await Cache.EntombAsync([new(key, Tombstone), new(NewKey(), Tombstone)], [], Lasting, None));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await Cache.EntombAsync([new(key, Tombstone)], [NewKey()], Lasting, None));
        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_key_is_removed_whatever_it_holds()
    {
        var key = NewKey();
        await PlantAsync(key, Live(1));

        await Cache.RemoveAsync(key, expected: null, None);
        await Cache.RemoveAsync(key, expected: null, None);

        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_key_is_removed_only_if_it_holds_what_is_expected()
    {
        var key = NewKey();
        await PlantAsync(key, Live(2));

        await Cache.RemoveAsync(key, expected: Live(1), None);
        Assert.Equal(Live(2), await Cache.GetAsync(key, None));

        await Cache.RemoveAsync(key, expected: Live(2), None);
        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task Values_are_bytes_of_every_kind()
    {
        var key = NewKey();
        byte[] lease = [CacheValue.Lease, .. AllBytes(), 0];
        byte[] value = [CacheValue.Live, .. Version(1), .. AllBytes(), (byte)'\r', (byte)'\n', 0];
        byte[] other = [.. value[..^1], 1];

        Assert.Null(await Cache.LeaseAsync(key, lease, replaceable: null, Lasting, None));
        Assert.False(await Cache.FillAsync(key, lease[..^1], value, Lasting, None));
        Assert.True(await Cache.FillAsync(key, lease, value, Lasting, None));
        Assert.Equal(value, await Cache.GetAsync(key, None));
        await Cache.RemoveAsync(key, other, None);
        Assert.Equal(value, await Cache.GetAsync(key, None));
        await Cache.RemoveAsync(key, value, None);
        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_value_of_64_KiB_comes_back_whole()
    {
        var key = NewKey();
        byte[] value = [.. Live(1), .. RandomNumberGenerator.GetBytes(64 * 1024)];
        await Cache.LeaseAsync(key, Mine, replaceable: null, Lasting, None);

        await Cache.FillAsync(key, Mine, value, Lasting, None);

        Assert.Equal(value, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task Filled_refreshed_and_entombed_values_expire()
    {
        var (filled, refreshed, entombed) = (NewKey(), NewKey(), NewKey());
        await Cache.LeaseAsync(filled, Mine, replaceable: null, Lasting, None);
        await Cache.FillAsync(filled, Mine, Live(1), Brief, None);
        await PlantAsync(refreshed, Live(1));
        await Cache.RefreshAsync(refreshed, Live(2), Brief, None);
        await Cache.EntombAsync([new(entombed, Tombstone)], [], Brief, None);

        foreach (var key in (string[])[filled, refreshed, entombed])
        {
            await PassBriefAsync(key);
            Assert.Null(await Cache.GetAsync(key, None));
        }
    }

    [Fact]
    public async Task A_lifetime_below_a_millisecond_is_a_lifetime()
    {
        var key = NewKey();

        Assert.Null(await Cache.LeaseAsync(key, Mine, replaceable: null, TimeSpan.FromTicks(1), None));
    }

    [Fact]
    public async Task A_returned_value_is_the_callers_own()
    {
        var key = NewKey();
        await PlantAsync(key, Live(1));

        var value = await Cache.GetAsync(key, None);
        Assert.NotNull(value);
        value[0] = (byte)'X';

        Assert.Equal(Live(1), await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task Of_many_leases_at_once_one_is_granted()
    {
        var key = NewKey();
        var leases = Enumerable.Range(0, 32).Select(i => Bytes("L" + i)).ToArray();

        var answers = await Task.WhenAll(leases.Select(lease => Cache.LeaseAsync(key, lease, replaceable: null, Lasting, None).AsTask()));

        var granted = Assert.Single(leases, lease => answers[Array.IndexOf(leases, lease)] is null);
        Assert.Equal(granted, await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task What_breaks_the_rules_is_refused_before_anything_is_sent()
    {
        var key = NewKey();

        await Assert.ThrowsAsync<ArgumentException>(async () => await Cache.LeaseAsync(key, Live(1), null, Lasting, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Cache.FillAsync(key, Mine, Theirs, Lasting, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Cache.FillAsync(key, Mine, [], Lasting, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Cache.RefreshAsync(key, Tombstone, Lasting, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Cache.RefreshAsync(key, Bytes("V1"), Lasting, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Cache.EntombAsync([], [], Lasting, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Cache.EntombAsync([new(key, Live(1))], [], Lasting, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Cache.LeaseAsync(key, Mine, null, TimeSpan.Zero, None));
        Assert.Null(await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_cancelled_call_is_not_sent()
    {
        var key = NewKey();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Cache.GetAsync(key, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Cache.LeaseAsync(key, Mine, null, Lasting, cancelled));
        Assert.Null(await Cache.GetAsync(key, None));
    }
}
