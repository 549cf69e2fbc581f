using System.Globalization;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Tells a running .NET process's allocations from inside, without a line of bench code in the process: the runtime loads this assembly
/// when <c>DOTNET_STARTUP_HOOKS</c> names it. Every connection to the Unix socket named by <c>BENCH_GAUGE</c> is answered with
/// <c>allocated-bytes gen0 gen1 gen2 heap-bytes</c> and closed. Between questions the thread is blocked and costs nothing.
/// </summary>
#pragma warning disable CA1050, MA0047, S3903, RCS1110 // The runtime looks for a type of exactly this name without a namespace.
internal static class StartupHook
#pragma warning restore CA1050, MA0047, S3903, RCS1110
{
    /// <summary>Called by the runtime before <c>Main</c>.</summary>
    public static void Initialize()
    {
        var path = Environment.GetEnvironmentVariable("BENCH_GAUGE");
        if (string.IsNullOrEmpty(path))
        {
            return;
        }

        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "bench gauge" }.Start();
    }

    private static void Answer(Socket listener)
    {
        while (listener.IsBound)
        {
            using var client = listener.Accept();
            var figures = string.Create(
                CultureInfo.InvariantCulture,
                $"{GC.GetTotalAllocatedBytes(precise: true)} {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)} {GC.GetTotalMemory(forceFullCollection: false)}");
            client.Send(Encoding.ASCII.GetBytes(figures));
        }
    }
}
