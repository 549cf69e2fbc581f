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

    public RedisKey Key { get; private set; }

    public CancellationToken CancellationToken { get; private set; }

    public ValueTask<byte[]?> Begin(RedisKey key, CancellationToken cancellationToken)
    {
        Key = key;
        CancellationToken = cancellationToken;
        return new ValueTask<byte[]?>(this, _core.Version);
    }

    /// <summary>Sets the value; <see cref="Execute"/> then resumes the caller.</summary>
    public void Take(byte[]? value) => _value = value;

    /// <summary>Sets the failure.</summary>
    public void Fail(CacheUnavailableException failure) =>
        _failure = CancellationToken.IsCancellationRequested ? new OperationCanceledException(CancellationToken) : failure;

    public void Execute()
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
            Key = default;
            CancellationToken = default;
            owner.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
