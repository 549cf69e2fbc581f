using SessionCore.Sessions;
using SessionCore.Tests.Operations;

namespace SessionCore.Tests.Caching;

/// <summary>The cache of live sessions in the process, with an age of one second, beside another instance that has one too.</summary>
public sealed class LocalSessionsTests : SessionServiceFixture
{
    private static readonly (string, string) On = ("Cache:LocalAge", "00:00:01");

    [Fact]
    public async Task A_session_asked_for_again_costs_no_look_at_any_store()
    {
        await using var instance = Instance(On);
        var (_, token) = await instance.CreateAsync();
        Assert.True(await instance.IsAcceptedAsync(token));
        Cache!.Flush();
        Counted.Reset();

        Assert.Equal(ReadSource.Cache, (await instance.ValidateAsync(token)).Source);
        Assert.Equal(0, Counted.TotalCalls);

        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ReadSource.Table, (await instance.ValidateAsync(token)).Source);
    }

    [Fact]
    public async Task Nothing_is_kept_by_default()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        Assert.True(await instance.IsAcceptedAsync(token));
        Cache!.Flush();
        Assert.Equal(ReadSource.Table, (await instance.ValidateAsync(token)).Source);
    }

    [Fact]
    public async Task A_revocation_is_acknowledged_when_no_instance_has_an_entry_any_more()
    {
        await using var instance = Instance(On);
        await using var other = Instance(On);
        var (id, token) = await instance.CreateAsync();
        Assert.True(await other.IsAcceptedAsync(token));

        var revocation = instance.Sessions.RevokeAsync(id, "logout", Never);
        Assert.False(await instance.IsAcceptedAsync(token));
        Assert.True(await other.IsAcceptedAsync(token));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(revocation.IsCompleted);
        Assert.False(await other.IsAcceptedAsync(token));
        Time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Null((await revocation).EffectiveBy);
    }

    [Fact]
    public async Task While_one_revocation_waits_the_user_can_sign_in()
    {
        await using var instance = Instance(On);
        var (id, _) = await instance.CreateAsync();
        var revocation = instance.Sessions.RevokeAsync(id, "logout", Never);
        await instance.CreateAsync();
        Assert.False(revocation.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await revocation).Found);
    }

    [Fact]
    public async Task A_revocation_whose_caller_cannot_wait_says_when_it_counts()
    {
        await using var instance = Instance(On);
        var (id, _) = await instance.CreateAsync();
        using var patience = new CancellationTokenSource();
        var revocation = instance.Sessions.RevokeAsync(id, "logout", patience.Token);
        await patience.CancelAsync();
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromSeconds(32), (await revocation).EffectiveBy);
    }

    [Fact]
    public async Task A_change_is_acknowledged_when_every_instance_sees_it()
    {
        await using var instance = Instance(On);
        await using var other = Instance(On);
        var (id, token) = await instance.CreateAsync();
        var before = (await other.ValidateAsync(token)).Live!.Version;

        var change = instance.Sessions.MergeDataAsync(id, Json("""{"cart":1}"""), ifVersion: null, Never);
        Assert.Equal(before, (await other.ValidateAsync(token)).Live!.Version);
        Assert.False(change.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1020));
        var version = (await change).Session!.Version;
        Assert.Equal(version, (await other.ValidateAsync(token)).Live!.Version);
    }

    [Fact]
    public async Task A_touch_by_another_instance_is_not_missed()
    {
        await using var instance = Instance(On);
        await using var other = Instance(On);
        var (_, token) = await instance.CreateAsync();

        // The renewal window opens while the entry is young.
        Time.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromMilliseconds(500));
        Assert.True(await other.IsAcceptedAsync(token));
        Time.Advance(TimeSpan.FromMilliseconds(500));
        var touched = await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), ipAddress: null, Never);
        Assert.Equal(2, touched.Live!.Version);
        Assert.Equal(2, (await other.ValidateAsync(token)).Live!.Version);
    }

    [Fact]
    public async Task An_old_token_is_refused_by_every_instance_once_the_rotation_is_acknowledged()
    {
        await using var instance = Instance(On);
        await using var other = Instance(On);
        var (id, token) = await instance.CreateAsync();
        Assert.True(await other.IsAcceptedAsync(token));
        var rotation = instance.Sessions.RotateAsync(id, new RotationRequest(), Never);
        Time.Advance(TimeSpan.FromMilliseconds(1020));
        var next = (await rotation).Token!.Reveal();
        Assert.False(await other.IsAcceptedAsync(token));
        Assert.True(await other.IsAcceptedAsync(next));
    }

    [Fact]
    public async Task The_memory_is_bounded()
    {
        await using var instance = Instance(On, ("Cache:LocalEntries", "1"));
        var (_, first) = await instance.CreateAsync("alice");
        var (_, second) = await instance.CreateAsync("bob");
        Assert.True(await instance.IsAcceptedAsync(first));
        Assert.True(await instance.IsAcceptedAsync(second));
        Cache!.Flush();
        Assert.Equal(ReadSource.Cache, (await instance.ValidateAsync(second)).Source);
        Assert.Equal(ReadSource.Table, (await instance.ValidateAsync(first)).Source);
    }

    [Fact]
    public async Task A_session_that_shares_its_slot_is_not_taken_for_the_one_that_is_there()
    {
        await using var instance = Instance(On, ("Cache:LocalEntries", "1"));
        var (first, _) = await instance.CreateAsync("alice", """{"of":"alice"}""");
        var (second, _) = await instance.CreateAsync("bob", """{"of":"bob"}""");
        await instance.Sessions.FindAsync(first, ReadConsistency.Cached, Never);

        var found = await instance.Sessions.FindAsync(second, ReadConsistency.Cached, Never);

        Assert.Equal("""{"of":"bob"}""", System.Text.Encoding.UTF8.GetString(found.Live!.DataJson));
    }
}
