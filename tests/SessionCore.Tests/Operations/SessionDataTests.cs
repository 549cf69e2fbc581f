using System.Text;
using SessionCore.Sessions;

namespace SessionCore.Tests.Operations;

public sealed class SessionDataTests : SessionServiceFixture
{
    [Fact]
    public async Task A_merge_sets_replaces_nests_and_removes()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync("alice", """{"a":1,"b":{"c":2,"d":3},"e":[1,2]}""");

        var change = await instance.Sessions.MergeDataAsync(id, Json("""{"a":null,"b":{"c":4},"e":[3],"f":{"g":null,"h":5}}"""), ifVersion: null, Never);

        Assert.Equal("""{"b":{"d":3,"c":4},"e":[3],"f":{"h":5}}""", Encoding.UTF8.GetString(change.Session!.DataJson));
    }

    [Fact]
    public async Task Data_written_is_what_the_next_validation_answers_through_the_cache()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync("alice", """{"n":0}""");
        Assert.NotNull((await other.ValidateAsync(token)).Live);
        Assert.Equal(ReadSource.Cache, (await other.ValidateAsync(token)).Source);

        await instance.Sessions.ReplaceDataAsync(id, Utf8("""{"n":1}"""), ifVersion: null, Never);

        var reading = await other.ValidateAsync(token);
        Assert.Equal(ReadSource.Cache, reading.Source);
        Assert.Equal("""{"n":1}""", Encoding.UTF8.GetString(reading.Live!.DataJson));
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_a_touch_makes_no_version_stale()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync("alice", """{"n":0}""");
        var version = (await instance.ValidateAsync(token)).Live!.DataVersion;
        Time.Advance(TimeSpan.FromMinutes(10));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), ipAddress: null, Never);

        var right = await instance.Sessions.ReplaceDataAsync(id, Utf8("""{"n":1}"""), version, Never);
        var stale = await instance.Sessions.ReplaceDataAsync(id, Utf8("""{"n":2}"""), version, Never);

        Assert.Equal(ChangeOutcome.Changed, right.Outcome);
        Assert.Equal(ChangeOutcome.VersionMismatch, stale.Outcome);
        Assert.Equal(right.Session!.DataVersion, stale.CurrentVersion);
    }

    [Fact]
    public async Task Data_is_never_larger_than_allowed_after_a_merge_either()
    {
        await using var instance = Instance();
        var filler = new string('x', NewSession.MaxDataBytes - 20);
        var (id, token) = await instance.CreateAsync("alice", $$"""{"a":"{{filler}}"}""");

        var change = await instance.Sessions.MergeDataAsync(id, Json("""{"b":"one more member"}"""), ifVersion: null, Never);

        Assert.Equal(ChangeOutcome.TooLarge, change.Outcome);
        Assert.Equal(filler.Length + 8, (await instance.ValidateAsync(token)).Live!.DataJson.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_written_creates_or_revives_a_session(bool revoked)
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        if (revoked)
        {
            await instance.Sessions.RevokeAsync(id, "signed-out", Never);
        }
        else
        {
            Time.Advance(TimeSpan.FromDays(2));
        }

        var rows = Table.Count;

        Assert.Equal(ChangeOutcome.Unknown, (await instance.Sessions.MergeDataAsync(id, Json("{}"), ifVersion: null, Never)).Outcome);
        Assert.Equal(ChangeOutcome.Unknown, (await instance.Sessions.ReplaceDataAsync(id, Utf8("{}"), ifVersion: null, Never)).Outcome);
        Assert.Equal(ChangeOutcome.Unknown, (await instance.Sessions.SetExpiryAsync(id, TimeSpan.FromHours(1), idleTimeout: null, Never)).Outcome);
        Assert.Equal(RotationOutcome.Unknown, (await instance.Sessions.RotateAsync(id, new RotationRequest(), Never)).Outcome);
        Assert.Equal(rows, Table.Count);
        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
    }

    [Fact]
    public async Task Sixty_four_merges_of_different_members_at_once_are_all_kept()
    {
        await using var instance = new Support.CoreHarness(new(Table, Due), cache: null, TimeProvider.System);
        var (id, token) = await instance.CreateAsync("alice");

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            Task.Run(() => instance.Sessions.MergeDataAsync(id, Json($$"""{"k{{i}}":{{i}}}"""), ifVersion: null, Never))));

        var data = Json(Encoding.UTF8.GetString((await instance.ValidateAsync(token)).Live!.DataJson));
        Assert.Equal(Enumerable.Range(0, 64).Sum(), data.EnumerateObject().Sum(member => member.Value.GetInt32()));
    }
}
