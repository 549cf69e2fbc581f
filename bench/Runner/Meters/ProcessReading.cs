using System.Diagnostics;
using System.Globalization;

namespace Bench.Runner.Meters;

/// <summary>Processor time and memory of a server, with its worker processes (gunicorn and a Functions host have one).</summary>
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
    // They are listed with the thread that started them.
    private static IEnumerable<int> ChildrenOf(int processId)
    {
        var threads = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task");
        return Directory.Exists(threads)
            ? Directory.EnumerateDirectories(threads).SelectMany(thread => Read(Path.Combine(thread, "children")))
            : [];
    }

    // A thread may have ended since it was listed.
    private static IEnumerable<int> Read(string file) => File.Exists(file)
        ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))
        : [];
}
