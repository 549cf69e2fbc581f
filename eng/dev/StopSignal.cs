using System.Runtime.InteropServices;

namespace Dev;

/// <summary>
/// Ctrl+C, SIGTERM, or the end of the process that started this one: the SDK runs <c>dev.cs</c> as a child, and a child is
/// told nothing when its parent is killed.
/// </summary>
internal sealed partial class StopSignal : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly ITimer? _watch;

    public StopSignal()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop),
        ];
        if (!OperatingSystem.IsWindows())
        {
            var parent = ParentId();
            _watch = TimeProvider.System.CreateTimer(_ => StopWithout(parent), state: null, Look, Look);
        }
    }

    /// <summary>Gets the token that is cancelled then.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _watch?.Dispose();
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }

    private void StopWithout(int parent)
    {
        if (ParentId() != parent)
        {
            _stop.Cancel();
        }
    }
}
