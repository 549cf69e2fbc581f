using System.Text;
using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Tests.Operations;

namespace SessionCore.Tests.Caching;

public sealed class SessionCacheTests : SessionServiceFixture
{
    [Fact]
    public async Task An_entry_counts_up_to_its_age_and_is_read_anew_after_it()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        Assert.Equal(ReadSource.Table, (await instance.ValidateAsync(token)).Source);
        Assert.Equal(ReadSource.Cache, (await instance.ValidateAsync(token)).Source);

        Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(ReadSource.Table, (await instance.ValidateAsync(token)).Source);
        Assert.Equal(ReadSource.Cache, (await instance.ValidateAsync(token)).Source);
    }

    [Fact]
    public async Task An_old_entry_that_outlives_its_time_in_Redis_is_not_believed()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        await instance.ValidateAsync(token);
        var name = SessionCache.NameOf(id.Locator);
        var entry = (await Cache!.GetAsync(name, Never))!;
        Time.Advance(TimeSpan.FromSeconds(31));
        Cache.Plant(name, entry, TimeSpan.FromHours(1));

        Assert.Equal(ReadSource.Table, (await instance.ValidateAsync(token)).Source);
        Assert.Equal(ReadSource.Cache, (await instance.ValidateAsync(token)).Source);
    }

    /// <summary>What docs/threat-model.md accepts, and what limits it.</summary>
    [Fact]
    public async Task An_entry_put_back_after_a_confirmed_end_counts_until_its_age_and_not_for_strong_reads()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        await instance.ValidateAsync(token);
        var name = SessionCache.NameOf(id.Locator);
        var entry = Cache!.Peek(name)!;
        Assert.Null((await instance.Sessions.RevokeAsync(id, "signed-out", Never)).EffectiveBy);
        Time.Advance(TimeSpan.FromSeconds(30));
        Cache.Plant(name, [.. entry], TimeSpan.FromHours(1));

        await using var strong = Instance();
        Assert.True(await instance.IsAcceptedAsync(token));
        Assert.False(await strong.IsAcceptedAsync(token, ReadConsistency.Strong));
        await using var cleared = Instance();
        await cleared.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);
        Cache.Plant(name, [.. entry], TimeSpan.FromHours(1));
        Assert.False(await cleared.IsAcceptedAsync(token));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Cache.Plant(name, [.. entry], TimeSpan.FromHours(1));
        Assert.False(await instance.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task Every_byte_of_an_entry_is_authenticated_and_a_poisoned_one_is_replaced()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        await instance.ValidateAsync(token);
        var name = SessionCache.NameOf(id.Locator);
        var entry = (await Cache!.GetAsync(name, Never))!;
        for (var i = 0; i < entry.Length; i++)
        {
            var poisoned = entry.ToArray();
            poisoned[i] ^= 1;
            Cache.Plant(name, poisoned, TimeSpan.FromMinutes(1));

            var reading = await instance.ValidateAsync(token);

            Assert.True(reading is { Live: not null, Source: ReadSource.Table }, $"byte {i}");
            Assert.NotEqual(poisoned, await Cache.GetAsync(name, Never));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("V")]
    [InlineData("T")]
    [InlineData("X-unknown")]
    [InlineData("V0000000000000001")]
    [InlineData("{\"live\":true}")]
    public async Task Garbage_under_a_sessions_key_is_answered_from_the_table_and_replaced(string garbage)
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        Cache!.Plant(SessionCache.NameOf(id.Locator), Encoding.UTF8.GetBytes(garbage), TimeSpan.FromMinutes(1));

        Assert.True(await instance.IsAcceptedAsync(token));
        Assert.Equal(ReadSource.Cache, (await instance.ValidateAsync(token)).Source);
    }

    [Fact]
    public async Task An_entry_of_another_session_is_not_believed()
    {
        await using var instance = Instance();
        var (mine, token) = await instance.CreateAsync("alice", """{"mine":1}""");
        var (theirs, other) = await instance.CreateAsync("bob", """{"theirs":1}""");
        await instance.ValidateAsync(other);
        Cache!.Plant(SessionCache.NameOf(mine.Locator), (await Cache.GetAsync(SessionCache.NameOf(theirs.Locator), Never))!, TimeSpan.FromMinutes(1));

        var reading = await instance.ValidateAsync(token);

        Assert.Equal(ReadSource.Table, reading.Source);
        Assert.Equal("""{"mine":1}""", Encoding.UTF8.GetString(reading.Live!.DataJson));
    }

    [Fact]
    public async Task An_entry_that_reached_Redis_before_a_revocation_does_not_outlive_it()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        await instance.ValidateAsync(token);

        await instance.Sessions.RevokeAsync(id, "signed-out", Never);
        var reading = await instance.ValidateAsync(token);

        Assert.Equal(ReadSource.Cache, reading.Source);
        Assert.Equal("signed-out", reading.Ended!.Reason);
    }

    [Fact]
    public async Task Nothing_in_the_cache_or_the_table_is_in_clear()
    {
        await using var instance = Instance();
        var wish = new NewSession
        {
            UserId = "alice",
            ClaimsJson = Utf8("""{"role":"canary-claim"}"""),
            DataJson = Utf8("""{"cart":"canary-data"}"""),
            Device = new SessionDevice("canary-label", "canary-agent", "192.0.2.77"),
        };
        var creation = await instance.Sessions.CreateAsync(wish, key: null, Never);
        var token = creation.Token!.Reveal();
        await instance.ValidateAsync(token);
        await instance.Sessions.CountAsync(SessionLocator.PartitionOf("alice"), ReadConsistency.Cached, Never);

        var stored = new StringBuilder();
        foreach (var key in Cache!.Keys)
        {
            stored.Append(key).Append(Encoding.Latin1.GetString((await Cache.GetAsync(key, Never))!));
        }

        foreach (var row in (await Table.QueryAsync(new SessionCore.Tables.TableQuery(), Never)).Rows)
        {
            foreach (var (_, value) in row.Properties)
            {
                stored.Append(value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : value.ToString());
            }
        }

        foreach (var canary in new[] { "canary", "192.0.2.77", token, token[4..60], token[60..116] })
        {
            Assert.DoesNotContain(canary, stored.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_an_unknown_session_nothing_stays_in_Redis()
    {
        await using var instance = Instance();

        for (var i = 0; i < 100; i++)
        {
            await instance.Sessions.FindAsync(new SessionId(new SessionLocator(SessionLocator.NewId(), SessionLocator.NewId())), ReadConsistency.Cached, Never);
        }

        Assert.Empty(Cache!.Keys);
    }
}
