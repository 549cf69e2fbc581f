using SessionChaos.Scenarios;

namespace SessionChaos.Tests.Scenarios;

/// <summary>The scenarios of availability, short. In full they run by <c>dotnet dev.cs chaos</c>.</summary>
public sealed class AvailabilityTests
{
    // A share of a run of seconds, of which the servers' first requests are a part, on a machine that does much else.
    private const double LeastShare = 0.95;

    [Fact]
    public Task Redis_killed_again_and_again_leaves_validations_answered_and_right() =>
        AssertMetAsync(new RedisKilled(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(3), rate: 150, LeastShare));

    [Fact]
    public Task A_quarter_of_table_calls_refused_leaves_requests_answered_and_is_not_made_worse() =>
        AssertMetAsync(new TableThrottled(requests: 1_200, rate: 400));

    // Whoever finds a session being read waits for that once, and whoever gets no answer from Redis in time reads the table. A busy
    // machine stalls for longer than the times that are right otherwise, so here they are as long as they may be.
    [Fact]
    public Task A_cold_cache_costs_about_one_read_for_each_session() => AssertMetAsync(new ColdCacheHerd(
        sessions: 600,
        rate: 1_000,
        rounds: 1,
        KeyValuePair.Create("Cache:BusyWait", "00:00:00.250"),
        KeyValuePair.Create("Cache:OperationTimeout", "00:00:05"),
        KeyValuePair.Create("Cache:LeaseTime", "00:00:10")));

    [Fact]
    public Task A_write_whose_answer_is_lost_has_happened_once() => AssertMetAsync(new AnswersLost(timesEach: 24));

    [Fact]
    public Task A_sign_out_reaches_the_clients_that_wait_for_it() =>
        AssertMetAsync(new WaitingClients(clients: 300, ended: 100, waitSeconds: 25, mostMegabytes: null));

    [Fact]
    public Task Servers_killed_again_and_again_lose_no_event_and_tell_of_no_change_that_was_not_made() =>
        AssertMetAsync(new EventsThroughKills(kills: 3, writers: 4, TimeSpan.FromSeconds(1)));

    private static async Task AssertMetAsync(IScenario scenario)
    {
        var result = await scenario.RunAsync(_ => { }, CancellationToken.None);

        Assert.True(result.IsMet, result.ToString());
    }
}
