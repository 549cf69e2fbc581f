using System.Diagnostics;
using SessionChaos.Processes;
using Support;

namespace SessionChaos.Load;

/// <summary>Clients at every server, for as long as it takes; then one look at everything when nothing goes wrong any more.</summary>
internal sealed class ChaosLoad : IAsyncDisposable
{
    private const int GroupsAtOnce = 24;
    private const int CallsOfEach = 120;
    private const int LastLookClient = 900;

    private readonly CancellationTokenSource _stop = new();
    private readonly GroupPool _groups = new(GroupsAtOnce, CallsOfEach);
    private readonly Task _running;

    public ChaosLoad(IReadOnlyList<ServerSlot> servers, int clientsOfEach, ulong seed)
    {
        var workers = Enumerable.Range(0, clientsOfEach * servers.Count)
            .Select(i => new LoadWorker(servers[i % servers.Count], i + 1, _groups, new Dice((seed << 16) + (ulong)i)));
        _running = Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RunAsync(_stop.Token))).ToArray());
    }

    public IReadOnlyList<UserGroup> Groups => _groups.All;

    /// <summary>Lets every client end its call.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>Asks for every session, strongly and by its last token, and for every list, at a server that nothing is wrong with.</summary>
    /// <returns>When it began, by the monotonic clock.</returns>
    public async Task<long> LookAtEverythingAsync(ServerSlot server)
    {
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Groups, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (group, _) =>
        {
            var caller = new ApiCaller(server, LastLookClient);
            foreach (var session in group.Sessions)
            {
                await caller.FindAsync(group, session, isStrong: true);
                await caller.ValidateAsync(group, session, session.Tokens[^1], isStrong: false, touch: false);
            }

            await caller.ListAsync(group);
            await caller.CountAsync(group, isStrong: true);
        });
        return began;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
