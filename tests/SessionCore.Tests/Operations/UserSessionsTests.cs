using SessionCore.Sessions;

namespace SessionCore.Tests.Operations;

public sealed class UserSessionsTests : SessionServiceFixture
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");

    [Fact]
    public async Task A_list_is_newest_first_in_pages_and_complete()
    {
        await using var instance = Instance();
        var created = new List<SessionId>();
        for (var i = 0; i < 7; i++)
        {
            created.Add((await instance.CreateAsync("alice")).Id);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var listed = new List<SessionId>();
        string? continuation = null;
        do
        {
            var page = await instance.Sessions.ListAsync(Alice, SessionListState.Live, pageSize: 3, continuation, ReadConsistency.Cached, Never);
            Assert.InRange(page.Sessions.Count, 1, 3);
            listed.AddRange(page.Sessions.Select(session => session.Live!.Id));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(created.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task Content_leaves_the_store_only_where_it_is_told()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "2"), ("Sessions:WhenLimitReached", "EvictLeastRecentlyUsed"));
        await instance.CreateAsync("alice");
        await instance.CreateAsync("alice");

        await instance.Sessions.ListAsync(Alice, SessionListState.Live, 100, null, ReadConsistency.Cached, Never);
        Assert.True(ReadsContent());
        await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: true, Never);
        Assert.True(ReadsContent());

        await instance.Sessions.CountAsync(Alice, ReadConsistency.Strong, Never);
        Assert.False(ReadsContent());
        Counted.Reset();
        await instance.CreateAsync("alice");
        Assert.False(ReadsContent());
        Counted.Reset();
        await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: false, Never);
        Assert.False(ReadsContent());
    }

    [Fact]
    public async Task Ended_sessions_are_listed_apart()
    {
        await using var instance = Instance();
        var (ended, _) = await instance.CreateAsync("alice");
        var (live, _) = await instance.CreateAsync("alice");
        await instance.Sessions.RevokeAsync(ended, "signed-out", Never);

        Assert.Equal([live], (await instance.Sessions.ListAsync(Alice, SessionListState.Live, 100, null, ReadConsistency.Cached, Never)).Sessions.Select(session => session.Live!.Id));
        Assert.Equal([ended], (await instance.Sessions.ListAsync(Alice, SessionListState.Ended, 100, null, ReadConsistency.Cached, Never)).Sessions.Select(session => session.Ended!.Id));
        Assert.Equal(2, (await instance.Sessions.ListAsync(Alice, SessionListState.All, 100, null, ReadConsistency.Cached, Never)).Sessions.Count);
    }

    [Fact]
    public async Task A_session_that_lapsed_or_is_older_than_revoke_before_is_listed_as_ended_and_not_as_live()
    {
        await using var instance = Instance();
        var revokedBefore = (await instance.CreateAsync("alice")).Id;
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await instance.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);
        var shortLife = new NewSession { UserId = "alice", IdleTimeout = TimeSpan.FromSeconds(20) };
        var lapsed = (await instance.Sessions.CreateAsync(shortLife, key: null, Never)).Session.Live!.Id;
        var live = (await instance.CreateAsync("alice")).Id;
        Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal([(live, null)], await ListAsync(instance, SessionListState.Live));
        (SessionId, string?)[] ended = [(lapsed, EndReasons.IdleTimeout), (revokedBefore, EndReasons.RevokedBefore)];
        Assert.Equal(InOrder(ended), await ListAsync(instance, SessionListState.Ended));
        Assert.Equal(InOrder([.. ended, (live, null)]), await ListAsync(instance, SessionListState.All));
    }

    [Fact]
    public async Task A_cached_list_counts_for_its_age_however_long_Redis_keeps_it()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        await CountAsync(instance);
        Assert.Equal((1, ReadSource.Cache), await CountAsync(instance));
        var name = SessionCore.Caching.UserSessionsCache.NameOf(Alice);
        var entry = Cache!.Peek(name)!;

        Time.Advance(TimeSpan.FromSeconds(30));
        Cache.Plant(name, entry, TimeSpan.FromHours(1));
        Assert.Equal((1, ReadSource.Cache), await CountAsync(instance));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Cache.Plant(name, entry, TimeSpan.FromHours(1));
        Assert.Equal((1, ReadSource.Table), await CountAsync(instance));
    }

    private static async Task<IEnumerable<(SessionId, string?)>> ListAsync(Support.CoreHarness instance, SessionListState state)
    {
        var page = await instance.Sessions.ListAsync(Alice, state, 100, null, ReadConsistency.Cached, Never);
        return InOrder(page.Sessions.Select(session => (session.Live?.Id ?? session.Ended!.Id, session.Ended?.Reason)));
    }

    private static IEnumerable<(SessionId, string?)> InOrder(IEnumerable<(SessionId Id, string? Reason)> sessions) => [.. sessions.OrderBy(session => session.Id.ToString(), StringComparer.Ordinal)];

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("________________________________")]
    public async Task A_continuation_that_is_not_ours_is_refused(string continuation)
    {
        await using var instance = Instance();

        Assert.True((await instance.Sessions.ListAsync(Alice, SessionListState.Live, 3, continuation, ReadConsistency.Cached, Never)).ContinuationRefused);
    }

    [Fact]
    public async Task A_count_comes_from_the_cache_until_the_number_changes()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        Assert.Equal((1, ReadSource.Table), await CountAsync(instance));
        Assert.Equal((1, ReadSource.Cache), await CountAsync(instance));

        var (id, _) = await instance.CreateAsync("alice");
        Assert.Equal((2, ReadSource.Table), await CountAsync(instance));
        Assert.Equal((2, ReadSource.Cache), await CountAsync(instance));

        await instance.Sessions.RevokeAsync(id, "signed-out", Never);
        Assert.Equal((1, ReadSource.Table), await CountAsync(instance));
    }

    [Fact]
    public async Task A_list_costs_what_the_user_has_and_not_what_others_have()
    {
        await using var instance = Instance();
        for (var i = 0; i < 200; i++)
        {
            await instance.CreateAsync($"other-{i}");
        }

        for (var i = 0; i < 20; i++)
        {
            await instance.CreateAsync("alice");
        }

        await instance.Sessions.IsReadyAsync(Never);
        Counted.Reset();
        await instance.Sessions.ListAsync(Alice, SessionListState.Live, 100, null, ReadConsistency.Cached, Never);

        Assert.Equal(1, Counted.TotalCalls);
        Assert.Equal(21, Counted.RowsRead);
    }

    private static async Task<(int Count, ReadSource Source)> CountAsync(Support.CoreHarness instance)
    {
        var count = await instance.Sessions.CountAsync(Alice, ReadConsistency.Cached, Never);
        return (count.Count, count.Source);
    }

    private bool ReadsContent() => Counted.LastQuery!.Select?.Contains("body") ?? true;

    [Theory]
    [InlineData(SessionListState.Live, 0)]
    [InlineData(SessionListState.All, 1)]
    public async Task A_strong_list_knows_an_instant_that_another_instance_has_just_set(SessionListState state, int expected)
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.CreateAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await instance.Sessions.ListAsync(Alice, state, 100, null, ReadConsistency.Cached, Never);
        await other.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);

        var page = await instance.Sessions.ListAsync(Alice, state, 100, null, ReadConsistency.Strong, Never);

        Assert.Equal(expected, page.Sessions.Count);
        Assert.DoesNotContain(page.Sessions, session => session.Live is not null);
        Assert.Equal(0, (await instance.Sessions.CountAsync(Alice, ReadConsistency.Strong, Never)).Count);
    }
}
