using System.Globalization;
using System.Text;
using Bench.Runner.Bars;

namespace Bench.Runner.Reports;

/// <summary>The bars and how they were met, as a Markdown table.</summary>
internal static class BarTable
{
    public static string Render(IReadOnlyList<Verdict> verdicts)
    {
        var text = new StringBuilder(2048).Append("\n### Bars\n\n| work | against | measured (min–max) | must | goal | |\n|---|---|---|---|---|---|\n");
        foreach (var (bar, figure, standing) in verdicts)
        {
            var sign = bar.Direction is Direction.AtLeast ? '≥' : '≤';
            var measured = figure is { } it ? string.Create(CultureInfo.InvariantCulture, $"{it.Median:0.##} ({it.Min:0.##}–{it.Max:0.##})") : "–";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {bar.Work} | {bar.Against ?? "–"} | {measured} | {sign} {bar.Must:0.###} {bar.Unit} | {sign} {bar.Goal:0.###} {bar.Unit} | {Words(standing)} |\n");
        }

        return text.ToString();
    }

    private static string Words(Standing standing) => standing switch
    {
        Standing.Goal => "goal",
        Standing.Met => "met",
        Standing.Missed => "**missed**",
        Standing.AnchorUnsteady => "not judged: the anchor is unsteady",
        Standing.HadErrors => "**not judged: had errors**",
        _ => "not measured",
    };
}
