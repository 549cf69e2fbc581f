using System.Security.Cryptography;
using SessionCore.Sessions;

namespace SessionCore.Tests.Operations;

public sealed class SessionCreationTests : SessionServiceFixture
{
    [Fact]
    public async Task The_same_key_and_body_give_the_same_session_and_token_at_once_or_later()
    {
        await using var instance = new Support.CoreHarness(new(Table, Due), cache: null, TimeProvider.System);
        var creations = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k", "body"), Never))));

        Assert.Single(creations.Select(creation => creation.Token!.Reveal()).Distinct(StringComparer.Ordinal));
        Assert.Single(creations, creation => creation.Outcome is CreationOutcome.Created);
        Assert.Equal(1, await HeadCountAsync("alice"));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_even_for_another_user()
    {
        await using var instance = Instance();
        await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k", "one"), Never);

        var other = await instance.Sessions.CreateAsync(new NewSession { UserId = "bob" }, Key("k", "other"), Never);

        Assert.Equal(CreationOutcome.KeyReused, other.Outcome);
        Assert.Equal(0, await HeadCountAsync("bob"));
    }

    [Fact]
    public async Task The_record_of_a_request_does_not_tell_the_request_and_two_records_of_one_request_differ()
    {
        await using var instance = Instance();
        await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k1", "body"), Never);
        await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k2", "body"), Never);

        var page = await Table.QueryAsync(new SessionCore.Tables.TableQuery { RowFrom = "i_", RowTo = "j" }, Never);

        var stored = page.Rows.Select(row => Convert.ToHexString(row.GetBinary("request")!)).ToArray();
        Assert.Equal(2, stored.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(Convert.ToHexString(SHA256.HashData(Utf8("body"))), stored);
    }

    [Fact]
    public async Task Two_callers_with_the_same_key_have_two_sessions()
    {
        await using var instance = Instance();
        var web = await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k", "body"), Never);
        var app = await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k", "body") with { Caller = "service:app" }, Never);

        Assert.Equal((CreationOutcome.Created, CreationOutcome.Created), (web.Outcome, app.Outcome));
        Assert.NotEqual(web.Token!.Reveal(), app.Token!.Reveal());
    }

    [Fact]
    public async Task An_anonymous_creation_repeats_as_well()
    {
        await using var instance = Instance();
        var first = await instance.Sessions.CreateAsync(new NewSession(), Key("k", "body"), Never);
        var second = await instance.Sessions.CreateAsync(new NewSession(), Key("k", "body"), Never);

        Assert.Equal(CreationOutcome.Replayed, second.Outcome);
        Assert.Equal(first.Token!.Reveal(), second.Token!.Reveal());
    }

    [Fact]
    public async Task A_repetition_is_not_stopped_by_the_limit_it_has_filled()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "1"), ("Sessions:WhenLimitReached", "Deny"));
        await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k", "body"), Never);

        var again = await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k", "body"), Never);

        Assert.Equal(CreationOutcome.Replayed, again.Outcome);
    }

    [Fact]
    public async Task A_repetition_after_the_end_tells_that_it_has_ended()
    {
        await using var instance = Instance();
        var first = await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k", "body"), Never);
        await instance.Sessions.RevokeAsync(first.Session.Live!.Id, "signed-out", Never);

        var again = await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, Key("k", "body"), Never);

        Assert.Equal("signed-out", again.Session.Ended!.Reason);
        Assert.False(await instance.IsAcceptedAsync(again.Token!.Reveal()));
    }

    [Fact]
    public async Task After_its_window_a_key_may_be_used_anew()
    {
        await using var instance = Instance();
        var first = await instance.Sessions.CreateAsync(new NewSession(), Key("k", "body"), Never);
        Time.Advance(TimeSpan.FromHours(24));

        var second = await instance.Sessions.CreateAsync(new NewSession(), Key("k", "other"), Never);

        Assert.Equal(CreationOutcome.Created, second.Outcome);
        Assert.NotEqual(first.Token!.Reveal(), second.Token!.Reveal());
    }

    [Fact]
    public async Task Fifty_creations_at_once_leave_exactly_the_limit()
    {
        await using var instance = new Support.CoreHarness(
            new(Table, Due), cache: null, TimeProvider.System, settings: new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "5" });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => instance.CreateAsync("alice"))));

        var count = await instance.Sessions.CountAsync(SessionLocator.PartitionOf("alice"), ReadConsistency.Strong, Never);
        Assert.Equal(5, count.Count);
        Assert.Equal(5, await HeadCountAsync("alice"));
    }

    [Fact]
    public async Task Every_session_has_a_due_entry_at_its_first_end()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync();

        var entry = await Due.FindAsync($"2030010113-{id.Locator.PartitionKey[..2]}", id.Locator.PartitionKey + id.Locator.RowKey, Never);

        Assert.NotNull(entry);
    }

    private static IdempotencyKey Key(string key, string body) => new("service:web", key, SHA256.HashData(Utf8(body)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_before_the_instant_deny_nobody_a_session(bool isFresh)
    {
        (string, string)[] deny = [("Sessions:WhenLimitReached", "Deny"), ("Sessions:MaxSessionsPerUser", "1")];
        await using var first = Instance(deny);
        await first.CreateAsync();
        await using var instance = Instance(deny);
        if (!isFresh)
        {
            await instance.Sessions.CountAsync(SessionLocator.PartitionOf("alice"), ReadConsistency.Strong, Never);
        }

        Time.Advance(TimeSpan.FromSeconds(1));
        await first.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);

        var creation = await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, key: null, Never);

        Assert.Equal(CreationOutcome.Created, creation.Outcome);
    }
}
