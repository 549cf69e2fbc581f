using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionChaos.Processes;

/// <summary>A place where a server runs: when it is killed, another takes its place, which is another instance.</summary>
internal sealed class ServerSlot : IAsyncDisposable
{
    private readonly Func<int> _nextInstance;
    private readonly List<ApiClient> _clients = [];
    private SessionServerProcess _process;
    private volatile Running _running;

    public ServerSlot(string name, SessionServerProcess process, Func<int> nextInstance)
    {
        Name = name;
        _nextInstance = nextInstance;
        _process = process;
        _running = Begin();
    }

    public string Name { get; }

    /// <summary>Gets the instance that runs here, or the last one that did.</summary>
    public Running Now => _running;

    public IReadOnlyDictionary<string, string> Settings => _process.Settings;

    public void Send(Signal signal) => _process.Send(signal);

    /// <summary>Ends it at once, as a crash does.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Starts another instance here.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        var next = await _process.StartSecondAsync(cancellationToken);
        await _process.DisposeAsync();
        _process = next;
        _running = Begin();
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _process.DisposeAsync();
    }

    private Running Begin()
    {
        var client = new ApiClient(_process.Url, _process.ServiceKey, _process.OperatorKey);
        _clients.Add(client);
        return new Running(_nextInstance(), client);
    }

    /// <summary>An instance and the way to it.</summary>
    /// <param name="Instance">Its number among all there ever were.</param>
    /// <param name="Api">The way.</param>
    internal sealed record Running(int Instance, ApiClient Api);
}
