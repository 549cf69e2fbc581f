using System.Globalization;
using System.Text;
using Bench.Runner.Contests;

namespace Bench.Runner.Reports;

/// <summary>A contest as a Markdown table: medians of the rounds, throughput with its extremes.</summary>
internal static class ContestTable
{
    public static string Render(ContestResult result)
    {
        var text = new StringBuilder(2048);
        var anchor = result.Of(result.Anchor, Metric.Rate);
        text.Append(CultureInfo.InvariantCulture, $"\n### {result.Name}\n\nAnchor: {result.Anchor}, spread {anchor.Width:P0} in {result.Rounds} rounds.\n\n");
        text.Append("| | requests/s (min–max) | × anchor (min–max) | p50 µs | p99 µs | server CPU µs | × anchor (min–max) | Redis CPU µs | Redis commands | allocated B | peak MB | errors |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var contender in result.Contenders)
        {
            var rate = result.Of(contender, Metric.Rate);
            var ratio = result.Ratio(contender, result.Anchor, Metric.Rate);
            text.Append(CultureInfo.InvariantCulture, $"| {contender} | {rate.Median:N0} ({rate.Min:N0}–{rate.Max:N0}) | {ratio.Median:F2} ({ratio.Min:F2}–{ratio.Max:F2}) ");
            Append(text, result.Of(contender, Metric.P50).Median, "N0");
            Append(text, result.Of(contender, Metric.P99).Median, "N0");
            Append(text, result.Of(contender, Metric.ServerCpu).Median, "F1");
            var cpu = result.Ratio(contender, result.Anchor, Metric.ServerCpu);
            text.Append(CultureInfo.InvariantCulture, $"| {cpu.Median:F2} ({cpu.Min:F2}–{cpu.Max:F2}) ");
            Append(text, result.Of(contender, Metric.RedisCpu).Median, "F1");
            Append(text, result.Of(contender, Metric.RedisCommands).Median, "F2");
            Append(text, result.Of(contender, Metric.Allocated).Median, "N0");
            Append(text, result.Of(contender, Metric.PeakMemory).Median, "N0");
            text.Append(CultureInfo.InvariantCulture, $"| {result.Errors(contender)} |\n");
        }

        foreach (var contender in result.Contenders.Where(contender => result.FirstError(contender) is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nThe first error of {contender}: `{result.FirstError(contender)!.ReplaceLineEndings(" ")}`\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, double value, string format)
        => text.Append("| ").Append(double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture)).Append(' ');
}
