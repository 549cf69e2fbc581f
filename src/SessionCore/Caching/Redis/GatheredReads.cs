using Microsoft.Extensions.ObjectPool;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Batching of reads: keys requested at the same time go into one MGET.</summary>
/// <remarks>
/// A read is sent at once when no command is in flight. Otherwise it is sent with all other waiting reads when a reply arrives or when
/// enough wait. So a lone read does not wait, and under load reads share most of the cost of a command, here and in Redis
/// (docs/adr/0012). Each key is read after it was requested, as by a command of its own.
/// </remarks>
internal sealed class GatheredReads
{
    /// <summary>The maximum number of commands in flight. Two, so that Redis has work while a reply is processed.</summary>
    public const int MostUnderWay = 2;

    /// <summary>
    /// The number of waiting reads from which a second command is sent. With fewer, a command costs more than the wait.
    /// </summary>
    public const int EnoughForAnother = 16;

    /// <summary>The maximum number of keys of one command, so that none blocks Redis for long.</summary>
    public const int MostKeys = 64;

    private const int MostPooled = 256;

    private readonly Lock _gate = new();
    private readonly Queue<GatheredRead> _waiting = new();
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;
    private readonly ObjectPool<GatheredRead> _reads;
    private readonly ObjectPool<ReadCommand> _commands;
    private int _underWay;
    private bool _alone;

    public GatheredReads(TimeSpan timeout, TimeProvider timeProvider)
    {
        _timeout = timeout;
        _timeProvider = timeProvider;
        _reads = new DefaultObjectPool<GatheredRead>(new Policy<GatheredRead>(() => new GatheredRead(this)), MostPooled);
        _commands = new DefaultObjectPool<ReadCommand>(new Policy<ReadCommand>(() => new ReadCommand(this)), MostPooled);
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="CacheUnavailableException">Redis did not answer in time.</exception>
    public ValueTask<byte[]?> ReadAsync(IDatabase database, RedisKey key, CancellationToken cancellationToken)
    {
        var read = _reads.Get();
        var value = read.Begin(key, cancellationToken);
        if (ReadGroup.TryTake(this, database, read))
        {
            return value;
        }

        ReadCommand? command;
        lock (_gate)
        {
            _waiting.Enqueue(read);
            command = NextToSend();
        }

        command?.Send(database);
        return value;
    }

    /// <summary>Holds the reads that this thread begins until the group is disposed of, so that they are sent together.</summary>
    public ReadGroup Gather() => ReadGroup.Begin(this);

    /// <summary>Sends the reads of a group.</summary>
    public void Send(IDatabase database, IReadOnlyCollection<GatheredRead> group)
    {
        lock (_gate)
        {
            foreach (var read in group)
            {
                _waiting.Enqueue(read);
            }
        }

        while (TakeNext() is { } command)
        {
            command.Send(database);
        }
    }

    public Task<RedisValue[]> SendAsync(IDatabase database, RedisKey[] keys, CancellationToken cancellationToken) =>
        database.StringGetAsync(keys, RedisConnection.Primary).WaitAsync(_timeout, _timeProvider, cancellationToken);

    /// <summary>Sends the waiting reads after a reply.</summary>
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

    /// <summary>Fails the waiting reads after a failure, because they would wait equally long.</summary>
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

    /// <summary>Sends these and all later reads one by one, for a server that refuses keys of different slots in one command.</summary>
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

    private ReadCommand? TakeNext()
    {
        lock (_gate)
        {
            return NextToSend();
        }
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
