using SessionChaos.Processes;
using Support;
using Support.Faults;
using Support.Servers;

namespace SessionChaos.Faults;

/// <summary>Everything that can go wrong on a stand: processes die or stand still, connections break, stores answer badly or not.</summary>
internal sealed class ChaosFaults
{
    private readonly Stand _stand;
    private readonly Dice _dice;
    private readonly TimeSpan _length;
    private readonly TimeSpan _longerThanMaxAge;
    private readonly List<long> _failOvers = [];

    /// <summary>Makes them.</summary>
    /// <param name="stand">Where.</param>
    /// <param name="length">About how long each lasts.</param>
    /// <param name="maxAge">How long an entry of the cache counts.</param>
    /// <param name="dice">Chooses which server is hit, and which of many calls.</param>
    public ChaosFaults(Stand stand, TimeSpan length, TimeSpan maxAge, Dice dice)
    {
        _stand = stand;
        _length = length;
        _longerThanMaxAge = maxAge + TimeSpan.FromMilliseconds(500);
        _dice = dice;
        All =
        [
            new("server killed", KillServerAsync),
            new("server stands still", StopServerAsync),
            new("Redis killed", KillRedisAsync),
            new("Redis stands still", StopRedisAsync),
            new("Redis fails over, replica behind", FailOverAsync),
            new("Redis connections reset", token => ResetRedisAsync(token)),
            new("Redis swallows", SwallowRedisAsync),
            new("Redis answers cut off", CutRedisAsync),
            new("Redis slow and throttled", SlowRedisAsync),
            new("table server killed", KillTablesAsync),
            new("table server stands still", StopTablesAsync),
            new("table answers cut off after commit", token => TablesAsync(20, HttpFault.CutAnswer, token)),
            new("table connections reset", token => TablesAsync(20, HttpFault.Reset, token)),
            new("table swallows", token => TablesAsync(8, HttpFault.BlackHole, token)),
            new("table answers 503", token => TablesAsync(25, HttpFault.Answer(503, "ServerBusy"), token)),
            new("table answers 500", token => TablesAsync(25, HttpFault.Answer(500, "InternalError"), token)),
            new("table answers 412 to writes", token => TablesAsync(15, HttpFault.Answer(412, "UpdateConditionNotSatisfied"), token, onlyWrites: true)),
            new("table late", token => TablesAsync(30, HttpFault.Late(TimeSpan.FromMilliseconds(400)), token)),
            new("table pages empty", token => TablesAsync(50, HttpFault.EmptyPage, token)),
        ];
    }

    public IReadOnlyList<ChaosFault> All { get; }

    /// <summary>Gets when clients were led to a replica that had taken over, by the monotonic clock.</summary>
    public IReadOnlyList<long> FailOvers => _failOvers;

    private ServerSlot AnyServer() => _dice.Pick(_stand.Servers);

    private Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(_length, TimeProvider.System, cancellationToken);

    private async Task KillServerAsync(CancellationToken cancellationToken)
    {
        var server = AnyServer();
        await server.KillAsync();
        await server.RestartAsync(cancellationToken);
    }

    // Longer than an entry may be old: what it knew when it fell asleep must not count when it wakes.
    private async Task StopServerAsync(CancellationToken cancellationToken)
    {
        var server = AnyServer();
        server.Send(Signal.Stop);
        await Task.Delay(_longerThanMaxAge, TimeProvider.System, cancellationToken);
        server.Send(Signal.Continue);
    }

    private async Task KillRedisAsync(CancellationToken cancellationToken)
    {
        await _stand.Redis.Primary.KillAsync();
        await WaitAsync(cancellationToken);
        await _stand.Redis.RestartPrimaryAsync(cancellationToken);
    }

    private async Task StopRedisAsync(CancellationToken cancellationToken)
    {
        var redis = _stand.Redis.Primary;
        redis.Send(Signal.Stop);
        await WaitAsync(cancellationToken);
        redis.Send(Signal.Continue);
    }

    private async Task FailOverAsync(CancellationToken cancellationToken)
    {
        _stand.Redis.Replication.Hold();
        await WaitAsync(cancellationToken);
        await _stand.Redis.FailOverAsync(() => _failOvers.Add(TimeProvider.System.GetTimestamp()), cancellationToken);
        await WaitAsync(cancellationToken);
        await _stand.Redis.RestoreReplicaAsync(cancellationToken);
    }

    private async Task ResetRedisAsync(CancellationToken cancellationToken)
    {
        const int Times = 5;
        for (var i = 0; i < Times; i++)
        {
            _stand.Redis.Clients.ResetAll();
            await Task.Delay(_length / Times, TimeProvider.System, cancellationToken);
        }
    }

    private async Task SwallowRedisAsync(CancellationToken cancellationToken)
    {
        _stand.Redis.Clients.Hold();
        await WaitAsync(cancellationToken);
        _stand.Redis.Clients.ResetAll();
        _stand.Redis.Clients.Release();
    }

    private async Task CutRedisAsync(CancellationToken cancellationToken)
    {
        const int Times = 10;
        for (var i = 0; i < Times; i++)
        {
            _stand.Redis.Clients.CutAnswers(1);
            await Task.Delay(_length / Times, TimeProvider.System, cancellationToken);
        }
    }

    private async Task SlowRedisAsync(CancellationToken cancellationToken)
    {
        _stand.Redis.Clients.Latency = TimeSpan.FromMilliseconds(60);
        _stand.Redis.Clients.BytesPerSecond = 100_000;
        await WaitAsync(cancellationToken);
        _stand.Redis.Clients.Latency = TimeSpan.Zero;
        _stand.Redis.Clients.BytesPerSecond = null;
    }

    private async Task KillTablesAsync(CancellationToken cancellationToken)
    {
        await _stand.Tables.KillAsync();
        await WaitAsync(cancellationToken);
        await _stand.Tables.RestartAsync(cancellationToken);
    }

    private async Task StopTablesAsync(CancellationToken cancellationToken)
    {
        _stand.Tables.Send(Signal.Stop);
        await WaitAsync(cancellationToken);
        _stand.Tables.Send(Signal.Continue);
    }

    private async Task TablesAsync(int percent, HttpFault fault, CancellationToken cancellationToken, bool onlyWrites = false)
    {
        var isForQueries = fault == HttpFault.EmptyPage;
        _stand.TableProxy.Fate = request =>
            (request.IsQuery || !isForQueries) && (request.IsWrite || !onlyWrites) && System.Security.Cryptography.RandomNumberGenerator.GetInt32(100) < percent ? fault : null;
        await WaitAsync(cancellationToken);
        _stand.TableProxy.Fate = null;
    }
}
