using System.Globalization;

namespace SessionChecking.Running;

/// <summary>The end of a run: how much of what was checked, and where promises were broken.</summary>
internal static class SummaryTable
{
    public static void Write(TextWriter output, CheckReport report, TimeSpan time)
    {
        output.WriteLine();
        output.WriteLine(Line("", "histories", "calls", "503", "violated"));
        Write(output, "by faults", report.Faults);
        Write(output, "by theme", report.Themes);
        output.WriteLine(Line(report.All));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{time.TotalSeconds:0.0} s, {report.All.Histories / Math.Max(time.TotalSeconds, 0.001):N0} histories a second"));
        foreach (var rule in report.Findings
            .SelectMany(finding => finding.Violations.Select(violation => (violation.Rule, finding.Seed)))
            .GroupBy(found => found.Rule))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"BROKEN {rule.Key} in {rule.Select(found => found.Seed).Distinct().Count()} histories, first with --seed {rule.Min(found => found.Seed)}"));
        }
    }

    private static void Write(TextWriter output, string title, IEnumerable<Tally> tallies)
    {
        output.WriteLine(title);
        foreach (var tally in tallies)
        {
            output.WriteLine(Line(tally));
        }
    }

    private static string Line(Tally tally) => Line("  " + tally.Name, Number(tally.Histories), Number(tally.Calls), Number(tally.Unknown), Number(tally.Violated));

    private static string Line(string name, string histories, string calls, string unknown, string violated) =>
        $"{name,-20}{histories,12}{calls,14}{unknown,10}{violated,10}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
