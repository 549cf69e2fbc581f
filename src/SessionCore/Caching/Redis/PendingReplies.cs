using System.Diagnostics.CodeAnalysis;

namespace SessionCore.Caching.Redis;

/// <summary>Time-out for all pending replies of Redis, by one shared timer.</summary>
/// <remarks>
/// StackExchange.Redis checks asynchronous commands for time-outs only at its heartbeats, and takes no cancellation token. A timer or a
/// cancellation registration per call would cost more than the rest of a hot read. So one coarse timer sweeps the pending replies: a
/// wait ends between one and 9/8 of the time-out, and a cancelled one within an eighth of it. The timer is off while nothing is
/// pending. A reply after its deadline is dropped; its effect in Redis remains.
/// </remarks>
[SuppressMessage("Reliability", "CA2000", Justification = "Replies are pooled, not disposed of.")]
internal sealed class PendingReplies<T> : IDisposable
{
    private const int TicksPerTimeout = 8;

    // More concurrent waits are rare; the excess is left to the garbage collector.
    private const int MaxPooled = 256;

    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _period;
    private PendingReply<T>? _first;
    private PendingReply<T>? _last;
    private PendingReply<T>? _pool;
    private int _pooled;
    private int _tick;
    private bool _ticking;

    public PendingReplies(TimeSpan timeout, TimeProvider timeProvider)
    {
        _timeout = timeout;
        _period = timeout / TicksPerTimeout;
        _timer = timeProvider.CreateTimer(
            static state => ((PendingReplies<T>)state!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for a reply.</summary>
    /// <exception cref="TimeoutException">The reply did not arrive in time.</exception>
    public ValueTask<T> WaitAsync(Task<T> reply, CancellationToken cancellationToken)
    {
        if (reply.IsCompleted)
        {
            return new ValueTask<T>(reply);
        }

        PendingReply<T> pending;
        lock (_gate)
        {
            pending = Rent();
            pending.Begin(reply, _tick, cancellationToken);
            Append(pending);
            if (!_ticking)
            {
                _ticking = true;
                _timer.Change(_period, _period);
            }
        }

        return pending.Listen();
    }

    /// <summary>Removes a wait from the list; false when its deadline came first.</summary>
    public bool TryEnd(PendingReply<T> pending)
    {
        lock (_gate)
        {
            if (!pending.IsListed)
            {
                return false;
            }

            Unlink(pending);
            return true;
        }
    }

    /// <summary>Returns an unreferenced object to the pool.</summary>
    public void Return(PendingReply<T> reply)
    {
        lock (_gate)
        {
            if (_pooled < MaxPooled)
            {
                _pooled++;
                reply.Next = _pool;
                _pool = reply;
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        PendingReply<T>? ended = null;
        lock (_gate)
        {
            _tick++;
            if (_first is null)
            {
                _ticking = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }

            for (var pending = _first; pending is not null;)
            {
                var next = pending.Next;
                if (_tick - pending.StartTick > TicksPerTimeout || pending.IsCancelled)
                {
                    Unlink(pending);
                    pending.Next = ended;
                    ended = pending;
                }

                pending = next;
            }
        }

        while (ended is not null)
        {
            var next = ended.Next;
            ended.Next = null;
            ended.GiveUp(_timeout);
            ended = next;
        }
    }

    private PendingReply<T> Rent()
    {
        if (_pool is not { } reply)
        {
            return new PendingReply<T>(this);
        }

        _pool = reply.Next;
        _pooled--;
        reply.Next = null;
        return reply;
    }

    private void Append(PendingReply<T> pending)
    {
        pending.IsListed = true;
        pending.Previous = _last;
        if (_last is null)
        {
            _first = pending;
        }
        else
        {
            _last.Next = pending;
        }

        _last = pending;
    }

    private void Unlink(PendingReply<T> pending)
    {
        if (pending.Previous is null)
        {
            _first = pending.Next;
        }
        else
        {
            pending.Previous.Next = pending.Next;
        }

        if (pending.Next is null)
        {
            _last = pending.Previous;
        }
        else
        {
            pending.Next.Previous = pending.Previous;
        }

        pending.Previous = null;
        pending.Next = null;
        pending.IsListed = false;
    }
}
