using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Support.Servers;

/// <summary>A server that a test or the bench started. It never outlives this process, even if this process is killed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // The shell holds the read end of a pipe from this process: when this process dies in any way, cat ends and the server is killed.
    // Ctrl+C reaches every process of a terminal. It is for us alone: we end the servers in order.
    private const string Guard =
        """trap '' INT; exec 3<&0; "$@" </dev/null 3<&- & s=$!; echo "$s"; (cat; kill -9 $s) <&3 >/dev/null 2>&1 & wait $s""";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GuardLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly ProcessOutput _output;
    private readonly EventHandler _onExit;
    private bool _disposed;

    private ServerProcess(Process process, int id, ProcessOutput output)
    {
        _process = process;
        _output = output;
        Id = id;
        _onExit = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += _onExit;
    }

    /// <summary>Gets the server's own process id.</summary>
    public int Id { get; }

    /// <summary>Gets the process id of the guard, which waits for the server's end and for ours.</summary>
    internal int GuardId => _process.Id;

    /// <summary>Gets the last lines it wrote.</summary>
    public string LastLines => _output.Tail();

    /// <summary>Gets a value indicating whether it has ended, for any reason.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Gets what it ended with; of a signal 128 and its number.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="program">What to start.</param>
    /// <param name="isReady">Asks whether the server answers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ServerProcess> StartAsync(
        ServerProgram program, Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        var process = Launch(program);
        var output = new ProcessOutput(process, program.OnLine);
        var id = OperatingSystem.IsWindows() ? process.Id : await ReadIdAsync(process, cancellationToken);
        var server = new ServerProcess(process, id, output);
        output.Follow();
        try
        {
            await server.WaitUntilReadyAsync(program, isReady, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a signal to the server (not on Windows, except <see cref="Signal.Kill"/>).</summary>
    public void Send(Signal signal)
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
            return;
        }

        var name = signal switch
        {
            Signal.Kill => "KILL",
            Signal.Terminate => "TERM",
            Signal.Interrupt => "INT",
            Signal.Stop => "STOP",
            _ => "CONT",
        };
        using var kill = Process.Start("/bin/sh", ["-c", "kill -s $1 $2", "kill", name, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until the server ends, for any reason.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks the server to end, and kills it when it has not after a while.</summary>
    /// <param name="patience">How long it may take.</param>
    /// <param name="signal">How it is asked.</param>
    public async Task StopAsync(TimeSpan patience, Signal signal = Signal.Terminate)
    {
        if (!_process.HasExited)
        {
            Send(signal);
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    /// <summary>Kills the server and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            Send(Signal.Kill);
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(GuardLimit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // The server has ended. Its guard has not, because a test froze it.
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(EndLimit, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        AppDomain.CurrentDomain.ProcessExit -= _onExit;
        await KillAsync();
        await _process.StandardInput.DisposeAsync();
        _process.Dispose();
    }

    private static Process Launch(ServerProgram program)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(program.Name, program.Arguments)
            : new ProcessStartInfo("/bin/sh", ["-c", Guard, "guard", program.Name, .. program.Arguments]);
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = program.WorkingDirectory ?? string.Empty;
        foreach (var (name, value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"{program.Name} did not start. {program.HowToInstall}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program.Name} is missing. {program.HowToInstall}", e);
        }
    }

    private static async Task<int> ReadIdAsync(Process guard, CancellationToken cancellationToken)
    {
        var line = await guard.StandardOutput.ReadLineAsync(cancellationToken);
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : throw new InvalidOperationException($"The guard of a server ended before it named the server; it said '{line}'.");
    }

    private async Task WaitUntilReadyAsync(
        ServerProgram program, Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isReady(cancellationToken))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                throw new InvalidOperationException($"{program.Name} does not answer. {program.HowToInstall} It said: {_output.Tail()}");
            }

            await Task.Delay(ProbePause, TimeProvider.System, cancellationToken);
        }
    }

    // Elsewhere the guard ends the server once our pipe closes. To kill the guard's tree freezes it first, for good when we end meanwhile.
    private void Kill()
    {
        if (OperatingSystem.IsWindows() && !_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }
}
