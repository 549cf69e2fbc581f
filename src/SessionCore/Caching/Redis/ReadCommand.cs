using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>
/// One command of <see cref="GatheredReads"/>: an MGET of the keys of its reads. Pooled; returns to the pool when it has completed.
/// </summary>
internal sealed class ReadCommand
{
    private readonly GatheredReads _owner;
    private readonly List<GatheredRead> _reads = new(GatheredReads.MostKeys);
    private readonly List<GatheredRead> _firsts = new(GatheredReads.MostKeys);
    private readonly Action _onReply;
    private IDatabase? _database;
    private TaskAwaiter<RedisValue[]> _reply;

    public ReadCommand(GatheredReads owner)
    {
        _owner = owner;
        _onReply = OnReply;
    }

    public int Count => _reads.Count;

    public void Add(GatheredRead read) => _reads.Add(read);

    public void Send(IDatabase database)
    {
        _database = database;
        var keys = new RedisKey[_reads.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = _reads[i].Key;
        }

        // No reader may end the wait of the others; the time-out does.
        var cancellationToken = _reads.Count == 1 ? _reads[0].CancellationToken : CancellationToken.None;
        try
        {
            _reply = _owner.SendAsync(database, keys, cancellationToken).GetAwaiter();
        }
#pragma warning disable CA1031 // every fault is passed on to the readers
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(database, exception);
            return;
        }

        if (_reply.IsCompleted)
        {
            OnReply();
        }
        else
        {
            _reply.UnsafeOnCompleted(_onReply);
        }
    }

    /// <summary>Ends the reads without a value.</summary>
    public void Fail(Exception exception)
    {
        var failure = new CacheUnavailableException("Redis did not answer a read.", exception);
        foreach (var read in _reads)
        {
            read.Fail(failure);
            ThreadPool.UnsafeQueueUserWorkItem(read, preferLocal: false);
        }

        Return();
    }

    private void OnReply()
    {
        var database = _database!; // set by Send
        RedisValue[] values;
        try
        {
            values = _reply.GetResult();
        }
#pragma warning disable CA1031 // every fault is passed on to the readers
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(database, exception);
            return;
        }

        // First, so that Redis works while the values are distributed.
        _owner.SendNext(database);
        HandOut(values);
    }

    private void End(IDatabase database, Exception exception)
    {
        if (_reads.Count > 1 && IsOfSlots(exception))
        {
            _owner.SendAlone(database, _reads);
            Return();
            return;
        }

        // A caller that leaves says nothing about Redis.
        var isLeft = exception is OperationCanceledException && _reads.Count == 1 && _reads[0].CancellationToken.IsCancellationRequested;
        Fail(exception);
        if (isLeft)
        {
            _owner.SendNext(database);
        }
        else
        {
            _owner.FailWaiting(exception);
        }
    }

    // One request continues on this thread, the others on the thread pool. Reads of one group are of one request.
    private void HandOut(RedisValue[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var read = _reads[i];
            read.Take(values[i]);
            if (i > 0 && read.Group is not null && read.Group == _reads[i - 1].Group)
            {
                _reads[i - 1].FollowWith(read);
            }
            else
            {
                _firsts.Add(read);
            }
        }

        for (var i = 1; i < _firsts.Count; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_firsts[i], preferLocal: true);
        }

        var first = _firsts[0];
        Return();
        first.Execute();
    }

    private void Return()
    {
        _reads.Clear();
        _firsts.Clear();
        _reply = default;
        _database = null;
        _owner.Return(this);
    }

    // The client refuses to send keys of several slots to a cluster; a proxy in front of a cluster may refuse them too.
    private static bool IsOfSlots(Exception exception) => exception is RedisServerException
        ? exception.Message.StartsWith("CROSSSLOT", StringComparison.Ordinal)
        : exception is RedisCommandException && exception.Message.Contains("single slot", StringComparison.Ordinal);
}
