using Microsoft.Extensions.ObjectPool;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Reads keys: those that are asked for at the same time go in one command.</summary>
/// <remarks>
/// A read is sent at once when no command is under way, and otherwise with whatever else has come when the reply is in, or
/// when enough wait. So a lone read waits for nothing, and under load most of what a command costs, here and in Redis, is shared
/// (docs/adr/0012). Each key is read after it was asked for, as by a command of its own.
/// </remarks>
internal sealed class GatheredReads : IDisposable
{
    /// <summary>The most commands that await their replies; two, so that Redis has work while a reply is handed out.</summary>
    public const int MostUnderWay = 2;

    /// <summary>How many reads must wait to be sent beside a command that is under way: with fewer a command costs more than the wait.</summary>
    public const int EnoughForAnother = 16;

    /// <summary>The most keys of one command, so that none keeps others from Redis for long.</summary>
    public const int MostKeys = 64;

    private const int MostPooled = 256;

    private readonly Lock _gate = new();
    private readonly Queue<GatheredRead> _waiting = new();
    private readonly PendingReplies<RedisValue[]> _replies;
    private readonly ObjectPool<GatheredRead> _reads;
    private readonly ObjectPool<ReadCommand> _commands;
    private int _underWay;
    private bool _alone;

    public GatheredReads(TimeSpan timeout, TimeProvider timeProvider)
    {
        _replies = new PendingReplies<RedisValue[]>(timeout, timeProvider);
        _reads = new DefaultObjectPool<GatheredRead>(new Policy<GatheredRead>(() => new GatheredRead(this)), MostPooled);
        _commands = new DefaultObjectPool<ReadCommand>(new Policy<ReadCommand>(() => new ReadCommand(this)), MostPooled);
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="CacheUnavailableException">Redis did not answer in time.</exception>
    public ValueTask<byte[]?> ReadAsync(IDatabase database, RedisKey key, CancellationToken cancellationToken)
    {
        var read = _reads.Get();
        var value = read.Begin(key, cancellationToken);
        ReadCommand? command;
        lock (_gate)
        {
            _waiting.Enqueue(read);
            command = NextToSend();
        }

        command?.Send(database);
        return value;
    }

    public ValueTask<RedisValue[]> SendAsync(IDatabase database, RedisKey[] keys, CancellationToken cancellationToken) =>
        _replies.WaitAsync(database.StringGetAsync(keys, RedisConnection.Primary), cancellationToken);

    /// <summary>After a reply: sends what has come meanwhile.</summary>
    public void SendNext(IDatabase database)
    {
        ReadCommand? command;
        lock (_gate)
        {
            _underWay--;
            command = NextToSend();
        }

        command?.Send(database);
    }

    /// <summary>After a failure: what stands behind it would wait for as long, and fails with it.</summary>
    public void FailWaiting(Exception failure)
    {
        lock (_gate)
        {
            _underWay--;
        }

        while (TakeAnyWaiting() is { } command)
        {
            command.Fail(failure);
        }
    }

    /// <summary>Sends each of these, and from here on every read, by itself: this server does not take keys of different slots at once.</summary>
    public void SendAlone(IDatabase database, IReadOnlyCollection<GatheredRead> reads)
    {
        lock (_gate)
        {
            _alone = true;
            _underWay += reads.Count;
        }

        foreach (var read in reads)
        {
            var command = _commands.Get();
            command.Add(read);
            command.Send(database);
        }

        SendNext(database);
    }

    public void Return(GatheredRead read) => _reads.Return(read);

    public void Return(ReadCommand command) => _commands.Return(command);

    public void Dispose() => _replies.Dispose();

    private ReadCommand? NextToSend()
    {
        var maySend = _underWay == 0 || _alone || (_underWay < MostUnderWay && _waiting.Count >= EnoughForAnother);
        if (!maySend || _waiting.Count == 0)
        {
            return null;
        }

        _underWay++;
        return Take();
    }

    private ReadCommand? TakeAnyWaiting()
    {
        lock (_gate)
        {
            return _waiting.Count == 0 ? null : Take();
        }
    }

    private ReadCommand Take()
    {
        var command = _commands.Get();
        var most = _alone ? 1 : MostKeys;
        while (command.Count < most && _waiting.TryDequeue(out var read))
        {
            command.Add(read);
        }

        return command;
    }

    private sealed class Policy<T>(Func<T> create) : PooledObjectPolicy<T>
        where T : notnull
    {
        public override T Create() => create();

        public override bool Return(T obj) => true;
    }
}
