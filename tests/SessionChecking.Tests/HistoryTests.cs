using SessionChecking.Running;

namespace SessionChecking.Tests;

/// <summary>The promises, on the real core, in histories of chance; and the checker's own promises.</summary>
public sealed class HistoryTests
{
    private const int Histories = 20_000;

    [Fact]
    public void Every_promise_holds_in_every_history()
    {
        var report = new Checker { IsEnough = _ => true }.Run(firstSeed: 1, Histories);

        Assert.True(report.Findings.Count == 0, report.Findings.Count == 0 ? "" : Replay.Of(report.Findings[0].Seed));
        Assert.Equal(Histories, report.All.Histories);
    }

    [Fact]
    public void Histories_have_all_kinds_of_faults_and_most_calls_are_answered()
    {
        var report = new Checker().Run(firstSeed: 1_000_000, histories: 500);

        Assert.All(report.Faults, tally => Assert.True(tally.Histories > 20, $"{tally.Name}: {tally.Histories}"));
        Assert.All(report.Themes, tally => Assert.True(tally.Histories > 20, $"{tally.Name}: {tally.Histories}"));
        Assert.InRange((double)report.All.Unknown / report.All.Calls, 0.001, 0.1);
    }

    [Fact]
    public void A_seed_gives_the_same_history_each_time()
    {
        for (var seed = 1UL; seed <= 500; seed++)
        {
            Assert.Equal(Replay.Of(seed), Replay.Of(seed));
        }
    }
}
