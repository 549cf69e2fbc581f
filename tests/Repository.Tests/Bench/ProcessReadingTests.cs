using System.Diagnostics;
using Bench.Runner.Meters;

namespace Repository.Tests.Bench;

/// <summary>Readings of a server's processes, on systems that tell the children of each.</summary>
public sealed class ProcessReadingTests
{
    [Fact]
    public async Task A_worker_behind_a_shell_is_counted_with_its_server_and_by_itself()
    {
        // A shell that does not become its last command, twice: the worker is a grandchild.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "/bin/sh -c 'cat; true'; true"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var server = Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
        await server.StandardInput.WriteLineAsync("here");
        await server.StandardInput.FlushAsync();
        Assert.Equal("here", await server.StandardOutput.ReadLineAsync());

        var all = ProcessReading.Read(server.Id);
        var worker = ProcessReading.ReadWorkers(server.Id, "cat");
        server.StandardInput.Close();
        await server.WaitForExitAsync();

        Assert.NotEqual(0, worker.ResidentBytes);
        Assert.InRange(all.ResidentBytes, worker.ResidentBytes + 1, long.MaxValue);
    }
}
