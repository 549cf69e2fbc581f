using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Dev.Setup;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

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

    /// <summary>Runs a program on our own terminal, and asks it to end when we are asked to.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> PassThroughAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })
            ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (!OperatingSystem.IsWindows())
            {
                using var kill = Process.Start("/bin/sh", ["-c", "kill -s TERM $1", "kill", process.Id.ToString(CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync(CancellationToken.None);
            }

            await Task.WhenAny(process.WaitForExitAsync(CancellationToken.None), Task.Delay(Patience, TimeProvider.System, CancellationToken.None));
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync(CancellationToken.None);
        }

        return process.ExitCode;
    }

    /// <summary>Whether a program is on the PATH.</summary>
    public static bool Exists(string program) => Find(program) is not null;

    /// <summary>Finds a program on the PATH.</summary>
    /// <returns>Its path; null when it is not there.</returns>
    public static string? Find(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [string.Empty];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
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
