using System.Globalization;
using System.Runtime.InteropServices;

namespace Bench.Runner.Reports;

/// <summary>What the figures were taken on.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        var system = await SystemAsync();
        var processor = await ProcessorAsync();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{system}, {processor}, {Environment.ProcessorCount} cores, {memory:F0} GiB, {RuntimeInformation.FrameworkDescription}");
    }

    private static async Task<string> SystemAsync() => await FindLineAsync("/etc/os-release", "PRETTY_NAME=") ?? RuntimeInformation.OSDescription;

    private static async Task<string> ProcessorAsync() => await FindLineAsync("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static async Task<string?> FindLineAsync(string file, string start)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var line = (await File.ReadAllLinesAsync(file)).FirstOrDefault(text => text.StartsWith(start, StringComparison.Ordinal));
        return line?[start.Length..].Trim('\t', ' ', ':', '"');
    }
}
