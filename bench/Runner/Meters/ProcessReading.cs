using System.Diagnostics;
using System.Globalization;

namespace Bench.Runner.Meters;

/// <summary>Processor time and memory of processes.</summary>
internal readonly record struct ProcessReading(TimeSpan Cpu, long ResidentBytes, long PeakBytes)
{
    /// <summary>Reads a server with its worker processes: gunicorn has one, and a Functions host has one behind a shell.</summary>
    public static ProcessReading Read(int processId) => Sum(BelowOf(processId).Prepend(processId), static _ => true);

    /// <summary>Reads those of the processes below a server that run a program.</summary>
    public static ProcessReading ReadWorkers(int processId, string program) => Sum(BelowOf(processId), process => process.ProcessName == program);

    private static ProcessReading Sum(IEnumerable<int> ids, Func<Process, bool> counts)
    {
        var sum = default(ProcessReading);
        foreach (var id in ids)
        {
            using var process = Process.GetProcessById(id);
            if (counts(process))
            {
                sum = new ProcessReading(
                    sum.Cpu + process.TotalProcessorTime, sum.ResidentBytes + process.WorkingSet64, sum.PeakBytes + process.PeakWorkingSet64);
            }
        }

        return sum;
    }

    private static IEnumerable<int> BelowOf(int processId) => ChildrenOf(processId).SelectMany(child => BelowOf(child).Prepend(child));

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
