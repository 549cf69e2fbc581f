using Support.Faults;
using Support.Servers;
using Support.Time;

namespace SessionChaos.Processes;

/// <summary>A primary and its replica. Clients reach the primary through one proxy, the replica follows it through another.</summary>
internal sealed class RedisPair : IAsyncDisposable
{
    private static readonly TimeSpan SyncLimit = TimeSpan.FromSeconds(30);

    private RedisServer _replica;

    private RedisPair(RedisServer primary, RedisServer replica, TcpFaultProxy clients, TcpFaultProxy replication)
    {
        Primary = primary;
        _replica = replica;
        Clients = clients;
        Replication = replication;
    }

    /// <summary>Gets the one that clients reach.</summary>
    public RedisServer Primary { get; private set; }

    /// <summary>Gets what stands between clients and the primary.</summary>
    public TcpFaultProxy Clients { get; }

    /// <summary>Gets what stands between the primary and its replica; held, the replica lags.</summary>
    public TcpFaultProxy Replication { get; }

    public static async Task<RedisPair> StartAsync(CancellationToken cancellationToken)
    {
        var primary = await RedisServer.StartAsync(cancellationToken, "--repl-diskless-sync-delay", "0");
        var replication = TcpFaultProxy.Start(primary.Port);
        var replica = await RedisServer.StartReplicaThroughAsync(replication.Port, cancellationToken);
        var pair = new RedisPair(primary, replica, TcpFaultProxy.Start(primary.Port), replication);
        await pair.WaitForReplicaAsync(cancellationToken);
        return pair;
    }

    /// <summary>The primary dies with what its replica lacks, and the replica takes over.</summary>
    /// <param name="atTakeOver">Told when clients reach the replica from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FailOverAsync(Action atTakeOver, CancellationToken cancellationToken)
    {
        await Primary.KillAsync();
        Replication.ResetAll();
        Replication.Release();
        await _replica.PromoteAsync(cancellationToken);
        (Primary, _replica) = (_replica, Primary);
        Clients.TargetPort = Primary.Port;
        atTakeOver();
        Clients.ResetAll();
        Replication.TargetPort = Primary.Port;
    }

    /// <summary>The primary that was killed comes back, empty.</summary>
    public async Task RestartPrimaryAsync(CancellationToken cancellationToken)
    {
        await Primary.RestartAsync(cancellationToken);

        // It may have begun as a replica; its own arguments still say so.
        await Primary.PromoteAsync(cancellationToken);
        await WaitForReplicaAsync(cancellationToken);
    }

    /// <summary>What died comes back and follows.</summary>
    public async Task RestoreReplicaAsync(CancellationToken cancellationToken)
    {
        await _replica.RestartAsync(cancellationToken);
        await _replica.FollowAsync(Replication.Port, cancellationToken);
        await WaitForReplicaAsync(cancellationToken);
    }

    /// <summary>Waits until the replica has caught up.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    public Task WaitForReplicaAsync(CancellationToken cancellationToken) =>
        Eventually.TrueAsync(() => _replica.IsSyncedAsync(cancellationToken), SyncLimit);

    public async ValueTask DisposeAsync()
    {
        await Clients.DisposeAsync();
        await Replication.DisposeAsync();
        await _replica.DisposeAsync();
        await Primary.DisposeAsync();
    }
}
