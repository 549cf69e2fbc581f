using System.Threading.Tasks.Sources;

namespace SessionCore.Pooling;

/// <summary>Result of an asynchronous method that suspended or failed.</summary>
internal class PooledStep<TResult> : IValueTaskSource<TResult>
{
#pragma warning disable S3459 // a struct that is valid in its default state
    private ManualResetValueTaskSourceCore<TResult> _core;
#pragma warning restore S3459

    public ValueTask<TResult> Task => new(this, _core.Version);

    public void SetResult(TResult result) => _core.SetResult(result);

    public void SetException(Exception exception) => _core.SetException(exception);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    // Awaiting a value task twice finds another version here and throws, instead of returning another request's result.
    public TResult GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            if (token == _core.Version && _core.GetStatus(token) is not ValueTaskSourceStatus.Pending)
            {
                _core.Reset();
                Return();
            }
        }
    }

    /// <summary>Clears the object and returns it to the pool.</summary>
    protected virtual void Return()
    {
    }
}
