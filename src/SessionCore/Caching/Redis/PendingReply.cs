using System.Threading.Tasks.Sources;

namespace SessionCore.Caching.Redis;

/// <summary>One wait of <see cref="PendingReplies{T}"/>. The list's lock guards its links.</summary>
internal sealed class PendingReply<T> : IValueTaskSource<T>
{
    private readonly PendingReplies<T> _owner;
    private readonly Action _onReply;
    private ManualResetValueTaskSourceCore<bool> _core;
    private Task<T>? _reply;
    private CancellationToken _cancellationToken;

    public PendingReply(PendingReplies<T> owner)
    {
        _owner = owner;
        _onReply = OnReply;
    }

    public PendingReply<T>? Next { get; set; }

    public PendingReply<T>? Previous { get; set; }

    public bool IsListed { get; set; }

    public int StartTick { get; private set; }

    public bool IsCancelled => _cancellationToken.IsCancellationRequested;

    public void Begin(Task<T> reply, int tick, CancellationToken cancellationToken)
    {
        _reply = reply;
        _cancellationToken = cancellationToken;
        StartTick = tick;
    }

    /// <summary>Subscribes to the reply. The delegate is cached in the object, so this allocates nothing.</summary>
    public ValueTask<T> Listen()
    {
        // Nobody else has this value task yet, so a sweep that completes it before the subscription is harmless.
        var result = new ValueTask<T>(this, _core.Version);
        _reply!.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_onReply);
        return result;
    }

    /// <summary>Ends the wait without a reply. This object is not pooled again: the reply may still come and call it.</summary>
    public void GiveUp(TimeSpan timeout)
    {
        // The sweep ends many waits and must not run their continuations.
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(
            IsCancelled
                ? new OperationCanceledException(_cancellationToken)
                : new TimeoutException($"Redis did not answer within {timeout.TotalMilliseconds} ms."));
    }

    public T GetResult(short token)
    {
        _core.GetResult(token);
        var reply = _reply!;
        _reply = null;
        _cancellationToken = default;
        _core.Reset();
        _owner.Return(this);
        return reply.GetAwaiter().GetResult();
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void OnReply()
    {
        if (_owner.TryEnd(this))
        {
            _core.SetResult(true);
        }
        else
        {
            // Reads the exception, so that a failure after the deadline is not reported as unobserved.
            _ = _reply!.Exception;
        }
    }
}
