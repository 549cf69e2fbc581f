using System.Threading.Tasks.Sources;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>One read of <see cref="GatheredReads"/>. Pooled; returns to the pool when its value has been consumed.</summary>
internal sealed class GatheredRead(GatheredReads owner) : IValueTaskSource<byte[]?>, IThreadPoolWorkItem
{
#pragma warning disable S3459 // a struct that is valid in its default state
    private ManualResetValueTaskSourceCore<byte[]?> _core;
#pragma warning restore S3459
    private byte[]? _value;
    private Exception? _failure;
    private GatheredRead? _next;

    public RedisKey Key { get; private set; }

    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Gets or sets the group that it was begun in; null for one of its own.</summary>
    public ReadGroup? Group { get; set; }

    public ValueTask<byte[]?> Begin(RedisKey key, CancellationToken cancellationToken)
    {
        Key = key;
        CancellationToken = cancellationToken;
        return new ValueTask<byte[]?>(this, _core.Version);
    }

    /// <summary>Sets the value; <see cref="Execute"/> then resumes the caller.</summary>
    public void Take(byte[]? value) => _value = value;

    /// <summary>Has the caller of another read resumed after that of this one, on the same thread.</summary>
    public void FollowWith(GatheredRead next) => _next = next;

    /// <summary>Sets the failure.</summary>
    public void Fail(CacheUnavailableException failure) =>
        _failure = CancellationToken.IsCancellationRequested ? new OperationCanceledException(CancellationToken) : failure;

    public void Execute()
    {
        // A read may be in use again as soon as its caller has resumed.
        for (var read = this; read is not null;)
        {
            var next = read._next;
            read.Complete();
            read = next;
        }
    }

    private void Complete()
    {
        if (_failure is null)
        {
            _core.SetResult(_value);
        }
        else
        {
            _core.SetException(_failure);
        }
    }

    public byte[]? GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            _value = null;
            _failure = null;
            _next = null;
            Group = null;
            Key = default;
            CancellationToken = default;
            owner.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
