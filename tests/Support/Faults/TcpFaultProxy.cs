using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Support.Faults;

/// <summary>TCP proxy in front of a local server with controlled faults: delay, low throughput, black hole, cut connections.</summary>
public sealed class TcpFaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpLink, byte> _links = new();
    private readonly Task _accepting;
    private TaskCompletionSource _gate = Opened();
    private int _cuts;
    private long _answered;

    private TcpFaultProxy(TcpListener listener, int targetPort)
    {
        _listener = listener;
        TargetPort = targetPort;
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Gets where it listens, on the loopback address.</summary>
    public int Port { get; }

    /// <summary>Gets or sets where new connections lead; those that exist stay where they are until <see cref="ResetAll"/>.</summary>
    public int TargetPort { get; set; }

    /// <summary>Gets or sets by how much everything is late, each way.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Gets or sets how many bytes a second a connection carries each way; null for no limit.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>Gets or sets a value indicating whether new connections are reset at once.</summary>
    public bool Refuses { get; set; }

    /// <summary>Gets the connections that are open.</summary>
    public int Connections => _links.Count;

    /// <summary>Gets how many bytes of answers were passed on.</summary>
    public long AnsweredBytes => Interlocked.Read(ref _answered);

    /// <summary>Begins to listen.</summary>
    /// <param name="targetPort">The server's port.</param>
    public static TcpFaultProxy Start(int targetPort)
    {
        var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return new TcpFaultProxy(listener, targetPort);
    }

    /// <summary>Breaks every connection, as a crash of the machine between does (RST).</summary>
    public void ResetAll()
    {
        foreach (var link in _links.Keys)
        {
            link.Reset();
        }
    }

    /// <summary>Passes nothing on from now: a black hole, until <see cref="Release"/>. Connections are taken and stay open.</summary>
    public void Hold() => Interlocked.CompareExchange(ref _gate, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), Opened(_gate));

    /// <summary>
    /// Resumes forwarding, starting with the held bytes. After a black hole, <see cref="ResetAll"/> first: then what was held is lost.
    /// </summary>
    public void Release() => Volatile.Read(ref _gate).TrySetResult();

    /// <summary>Lets a request through and breaks the connection when its answer comes; so many times.</summary>
    public void CutAnswers(int times) => Interlocked.Add(ref _cuts, times);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        ResetAll();
        await _accepting;
        _stop.Dispose();
    }

    internal bool TakesCut()
    {
        for (var left = Volatile.Read(ref _cuts); left > 0; left = Volatile.Read(ref _cuts))
        {
            if (Interlocked.CompareExchange(ref _cuts, left - 1, left) == left)
            {
                return true;
            }
        }

        return false;
    }

    internal void Answered(int bytes) => Interlocked.Add(ref _answered, bytes);

    /// <summary>Returns the transmission time of a number of bytes.</summary>
    internal async ValueTask PassAsync(int bytes, CancellationToken cancellationToken)
    {
        var time = Latency + (BytesPerSecond is { } rate ? TimeSpan.FromSeconds((double)bytes / rate) : TimeSpan.Zero);
        if (time > TimeSpan.Zero)
        {
            await Task.Delay(time, TimeProvider.System, cancellationToken);
        }

        await Volatile.Read(ref _gate).Task.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    // Only an open gate is replaced by a closed one.
    private static TaskCompletionSource? Opened(TaskCompletionSource gate) => gate.Task.IsCompleted ? gate : null;

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                _ = ServeAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Asked to stop, or a client that left before it was taken.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var link = new TcpLink(client, this);
        _links.TryAdd(link, 0);
        try
        {
            if (!Refuses)
            {
                await link.RunAsync(TargetPort, _stop.Token);
            }
        }
        finally
        {
            _links.TryRemove(link, out _);
            link.Reset();
        }
    }
}
