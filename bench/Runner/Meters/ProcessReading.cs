using System.Diagnostics;
using System.Globalization;

namespace Bench.Runner.Meters;

/// <summary>Processor time and memory of a server, with its worker processes (gunicorn has one).</summary>
internal readonly record struct ProcessReading(TimeSpan Cpu, long ResidentBytes, long PeakBytes)
{
    public static ProcessReading Read(int processId)
    {
        var sum = default(ProcessReading);
        foreach (var id in ChildrenOf(processId).Prepend(processId))
        {
            using var process = Process.GetProcessById(id);
            sum = new ProcessReading(
                sum.Cpu + process.TotalProcessorTime, sum.ResidentBytes + process.WorkingSet64, sum.PeakBytes + process.PeakWorkingSet64);
        }

        return sum;
    }

    // Only Linux tells children without asking for every process; elsewhere workers are left out.
    private static IEnumerable<int> ChildrenOf(int processId)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task/{processId}/children");
        return File.Exists(file)
            ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))
            : [];
    }
}
