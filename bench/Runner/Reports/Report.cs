using System.Globalization;
using System.Text;
using Bench.Runner.Bars;
using Bench.Runner.Contests;
using Bench.Runner.Servers;

namespace Bench.Runner.Reports;

/// <summary>The whole run as one Markdown file, to be pasted into the documentation.</summary>
internal static class Report
{
    public static async Task<string> WriteAsync(
        Repository repository,
        BenchOptions options,
        IReadOnlyList<ContestResult> contests,
        IReadOnlyList<ProbeResult> probes,
        IReadOnlyList<Verdict> verdicts,
        CancellationToken cancellationToken)
    {
        var timing = options.Timing;
        var text = new StringBuilder(8192);
        text.Append(CultureInfo.InvariantCulture, $"{await Machine.DescribeAsync()}. Driver, server and stores share the machine.\n");
        text.Append(CultureInfo.InvariantCulture, $"`dotnet dev.cs bench{(options.IsQuick ? " --quick" : string.Empty)}`: {timing.Rounds} interleaved rounds (up to {timing.MostRounds} where the anchor is unsteady) of {timing.Window.TotalSeconds} s ");
        text.Append(CultureInfo.InvariantCulture, $"after {timing.WarmUp.TotalSeconds} s of warm-up; medians, with the extremes in brackets.\n");
        foreach (var contest in contests)
        {
            text.Append(ContestTable.Render(contest));
        }

        foreach (var probe in probes)
        {
            text.Append(ProbeTable.Render(probe));
        }

        text.Append(BarTable.Render(verdicts));
        Directory.CreateDirectory(repository.Results);
        var path = Path.Combine(repository.Results, options.IsQuick ? "quick.md" : "full.md");
        await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
        return path;
    }
}
