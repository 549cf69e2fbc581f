using SessionChaos.Scenarios;

namespace SessionChaos.Reports;

/// <summary>Result of a run: injected faults, observations, verdict.</summary>
internal static class ResultTable
{
    public static void Write(TextWriter output, IReadOnlyList<FaultTally> faults, IReadOnlyList<ScenarioResult> results)
    {
        if (faults.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"{"fault",-40}{"times",8}{"calls",10}{"not known",12}");
            foreach (var tally in faults)
            {
                output.WriteLine($"{tally.Fault,-40}{tally.Times,8:N0}{tally.Calls,10:N0}{tally.Unknown,12:N0}");
            }
        }

        foreach (var result in results)
        {
            output.WriteLine();
            output.WriteLine(result.Name);
            foreach (var figure in result.Figures)
            {
                output.WriteLine($"  {figure}");
            }
        }

        output.WriteLine();
        output.WriteLine(results.All(result => result.IsMet) ? "Every promise was kept." : "Not every promise was kept.");
    }
}
