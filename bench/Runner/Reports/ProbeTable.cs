using System.Globalization;
using System.Text;
using Bench.Runner.Contests;

namespace Bench.Runner.Reports;

/// <summary>A probe's figures as a Markdown table.</summary>
internal static class ProbeTable
{
    public static string Render(ProbeResult probe)
    {
        var text = new StringBuilder(512).Append(CultureInfo.InvariantCulture, $"\n### {probe.Name}\n\n| | |\n|---|---|\n");
        foreach (var figure in probe.Figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Name} | {figure.Value:#,0.##} {figure.Unit} |\n");
        }

        return text.ToString();
    }
}
