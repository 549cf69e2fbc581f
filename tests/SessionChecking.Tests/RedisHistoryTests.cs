using SessionChecking.Rules;
using SessionChecking.Running;
using Support.Caching;
using Xunit.Abstractions;

namespace SessionChecking.Tests;

/// <summary>The same histories with the scripts of the Redis adapter, on a real server.</summary>
public sealed class RedisHistoryTests(ITestOutputHelper output)
{
    private const int Histories = 400;
    private const int SameHistories = 100;
    private const int MostHistories = 4_000;

    [Fact]
    public async Task Every_promise_holds_in_every_history_on_Redis()
    {
        await using var scripts = await RedisScriptServer.StartAsync();

        var report = new Checker(scripts: scripts) { IsEnough = _ => true }.Run(firstSeed: 1, Histories);

        Assert.True(report.Findings.Count == 0, report.Findings.Count == 0 ? "" : Replay.Of(report.Findings[0].Seed, scripts: scripts));
        Assert.Equal(Histories, report.All.Histories);
    }

    [Fact]
    public async Task A_seed_gives_the_same_history_on_Redis_as_in_memory()
    {
        await using var scripts = await RedisScriptServer.StartAsync();

        for (var seed = 1UL; seed <= SameHistories; seed++)
        {
            Assert.Equal(Replay.Of(seed), Replay.Of(seed, scripts: scripts));
        }
    }

    [Fact]
    public Task A_script_that_fills_without_its_lease_is_caught() => AssertCaughtAsync<RevokedAccepted>(
        1_239,
        "if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then return 0 end",
        "");

    [Fact]
    public Task A_script_that_leaves_a_lease_to_a_fill_from_before_a_write_is_caught() => AssertCaughtAsync<ReadYourWrites>(
        3_179,
        "if kind == 'L' then redis.call('DEL', KEYS[1]) end",
        "");

    [Fact]
    public Task A_script_that_leaves_the_list_behind_an_end_is_caught() => AssertCaughtAsync<CountRight>(
        393,
        "for i = tombstones + 1, #KEYS do redis.call('DEL', KEYS[i]) end",
        "");

    // The seed is one in which the fault showed, so that the search is short; a change of the core may move it.
    private async Task AssertCaughtAsync<TRule>(ulong firstSeed, string line, string fault)
        where TRule : IHistoryRule
    {
        var isPlanted = false;
        await using var scripts = await RedisScriptServer.StartAsync(Rewrite);
        var checker = new Checker(scripts: scripts) { IsEnough = finding => finding.Violations.Any(violation => violation.Rule == typeof(TRule).Name) };

        var report = checker.Run(firstSeed, MostHistories);

        Assert.True(isPlanted, "No script has the line that the fault changes.");
        var caught = report.Findings.FirstOrDefault(checker.IsEnough);
        Assert.True(caught is not null, $"It broke {typeof(TRule).Name} in none of {report.All.Histories} histories.");
        output.WriteLine($"caught by {typeof(TRule).Name} with seed {caught.Seed}");

        string Rewrite(string script)
        {
            var plain = script.ReplaceLineEndings("\n");
            isPlanted |= plain.Contains(line, StringComparison.Ordinal);
            return plain.Replace(line, fault, StringComparison.Ordinal);
        }
    }
}
