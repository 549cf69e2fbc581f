#!/usr/bin/env dotnet
#:property PublishAot=false
// Compiles the commands in eng/dev, saying so, and hands over to them. A project reference would compile them in silence.
using System.Diagnostics;
using System.Runtime.InteropServices;

const int Interrupt = 2;
var root = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
var output = Path.Combine(root, "artifacts", "run");
var commands = Path.Combine(output, "bin", "DevCommands", "debug", "DevCommands.dll");
if (!OperatingSystem.IsWindows())
{
    // A shell starts its background processes with SIGINT ignored, and the runtime respects that.
    Native.Handle(Interrupt, handler: 0);
}

Console.Error.WriteLine(File.Exists(commands)
    ? $"› dotnet dev.cs {string.Join(' ', args)}"
    : $"› dotnet dev.cs {string.Join(' ', args)}: compiles its commands first, once");
string[] build = ["build", Path.Combine(root, "eng", "dev"), "--artifacts-path", output, "-p:SkipAnalyzers=true", "--nologo", "-v", "minimal", "-clp:NoSummary"];
using (var compiling = Process.Start(new ProcessStartInfo(dotnet, build) { RedirectStandardOutput = true })!)
{
    var told = compiling.StandardOutput.ReadToEnd();
    compiling.WaitForExit();
    if (compiling.ExitCode != 0)
    {
        Console.Error.WriteLine(told);
        return compiling.ExitCode;
    }
}

string[] run = [commands, .. args];
if (OperatingSystem.IsWindows())
{
    // Ctrl+C reaches every process of a console.
    Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
    using var running = Process.Start(dotnet, run);
    running.WaitForExit();
    return running.ExitCode;
}

// They take this process over, so that signals reach them.
Native.Replace(dotnet, [dotnet, .. run, null]);
Console.Error.WriteLine($"{dotnet} did not start: error {Marshal.GetLastPInvokeError()}.");
return 1;

internal static class Native
{
    [DllImport("libc", EntryPoint = "signal")]
    public static extern nint Handle(int signal, nint handler);

    [DllImport("libc", EntryPoint = "execvp", SetLastError = true)]
    public static extern int Replace(string program, string?[] arguments);
}
