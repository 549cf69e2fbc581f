using System.ComponentModel;
using System.Diagnostics;

namespace Dev.Setup;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);

    /// <summary>Gets the .NET host that runs this program, also where another one is first on the PATH.</summary>
    public static string Dotnet { get; } = FindDotnet();

    /// <summary>Runs a program and waits.</summary>
    /// <param name="program">The program, found on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Sees each line it writes, one at a time.</param>
    /// <param name="cancellationToken">Kills it and what it started.</param>
    /// <param name="environment">Variables that it sees besides ours.</param>
    /// <returns>The exit code; null when there is no such program.</returns>
    public static async Task<int?> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        Action<string> onLine,
        CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        if (process is null)
        {
            return null;
        }

        process.StandardInput.Close();
        var gate = new Lock();
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(cancellationToken);

            // What the program leaves running (a compiler server) may hold its pipes open.
            await Task.WhenAny(reading, Task.Delay(LastLines, TimeProvider.System, cancellationToken));
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                lock (gate)
                {
                    onLine(line);
                }
            }
        }
    }

    /// <summary>Whether a program is on the PATH.</summary>
    public static bool Exists(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [string.Empty];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending))));
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        var beside = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
