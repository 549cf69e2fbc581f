using Bench.Runner;
using Bench.Runner.Bars;

namespace Repository.Tests.Bench;

public sealed class BenchOptionsTests
{
    [Fact]
    public void Only_a_text_that_is_part_of_no_name_is_unmatched()
    {
        Assert.Equal("nothing like it", BenchOptions.Parse(["--only", "Create", "--only", "nothing like it"])!.UnmatchedOnly);
        Assert.Null(BenchOptions.Parse(["--only", "CREATE", "--only", "memory"])!.UnmatchedOnly);
        Assert.Null(BenchOptions.Parse([])!.UnmatchedOnly);
    }

    [Fact]
    public async Task A_run_of_nothing_fails_at_once_and_names_what_there_is()
    {
        var (exitCode, output) = await Dotnet.RunAsync(
            Path.GetTempPath(), new Dictionary<string, string>(StringComparer.Ordinal), typeof(BenchOptions).Assembly.Location, "--only", "nothing like it");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("--only nothing like it: no contest and no probe has a name that contains it.", output, StringComparison.Ordinal);
        Assert.All(BenchOptions.Names, name => Assert.Contains(name, output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_bar_is_on_a_contest_or_probe_that_can_be_asked_for() =>
        Assert.All(TheBars.All, bar => Assert.Contains(bar.From, BenchOptions.Names));
}
