using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bench.Runner.Contests;
using Bench.Runner.Servers;
using Support.Servers;

namespace Bench.Runner.Probes;

/// <summary>Time from the start of the process to its first answer, in turn with the least Kestrel app.</summary>
internal sealed class StartProbe(ServerRecipe least, ServerRecipe ours, ServerRecipe oursReady, int times) : IProbe
{
    public const string Name = "start to the first answer";
    public const string Ratio = "against the least Kestrel app";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var leastTimes = new List<double>(times);
        var ourTimes = new List<double>(times);
        var readyTimes = new List<double>(times);
        for (var time = 0; time < times; time++)
        {
            leastTimes.Add(await MeasureAsync(least, cancellationToken));
            ourTimes.Add(await MeasureAsync(ours, cancellationToken));
            readyTimes.Add(await MeasureAsync(oursReady, cancellationToken));
        }

        var spread = Spread.Of(ourTimes.Zip(leastTimes, (our, other) => our / other));
        return new ProbeResult(
            Name,
            [
                new ProbeFigure("least Kestrel app", Spread.Of(leastTimes).Median, "ms"),
                new ProbeFigure("ours", Spread.Of(ourTimes).Median, "ms"),
                new ProbeFigure("ours, until the table has answered", Spread.Of(readyTimes).Median, "ms"),
                new ProbeFigure(Ratio, spread.Median, "×"),
            ]);
    }

    private static async Task<double> MeasureAsync(ServerRecipe recipe, CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        var start = new ProcessStartInfo(recipe.Program, recipe.Arguments(port))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in recipe.Environment(port))
        {
            start.Environment[name] = value;
        }

        var startedAt = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{recipe.Name} did not start.");
        try
        {
            while (!await AnswersAsync(port, recipe.ReadyPath, cancellationToken))
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"{recipe.Name} ended: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
                }

                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }

            return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> AnswersAsync(int port, string path, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), cancellationToken);
            var answer = new byte[1024];
            var received = await socket.ReceiveAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer, 0, received).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
