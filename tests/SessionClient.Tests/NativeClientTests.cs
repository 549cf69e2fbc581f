using System.Diagnostics;
using Support.Hosts;

namespace SessionClient.Tests;

/// <summary>The client in an application that is compiled ahead of time.</summary>
[Collection(nameof(RunningApi))]
public sealed class NativeClientTests(RunningApi api)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_client_is_published_without_a_warning_and_works()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(BuiltAssembly.Find("tests", "NativeClient"))!, "../../../../.."));
        var output = Path.Combine(root, "artifacts", "native-client");
        string[] arguments = ["publish", Path.Combine(root, "tests/NativeClient/NativeClient.csproj"), "-c", "Release", "-o", output, "-v", "q", "--nologo", "-p:SkipAnalyzers=true", "--use-current-runtime"];

        var (publishes, printed) = await RunAsync(DotnetHost.Program, arguments);
        Assert.True(publishes == 0 && !printed.Contains("warning", StringComparison.OrdinalIgnoreCase), printed);

        var (exit, line) = await RunAsync(Path.Combine(output, OperatingSystem.IsWindows() ? "NativeClient.exe" : "NativeClient"), []);
        Assert.Equal((0, "True admin hwk 1 Created 2 done validation"), (exit, line.Trim()));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

        // A test host carries the settings of the build that started it.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["SESSIONS_URL"] = api.Address.AbsoluteUri;
        start.Environment["SESSIONS_KEY"] = api.ServiceKey;
        using var limit = new CancellationTokenSource(Limit);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output + await error);
    }
}
