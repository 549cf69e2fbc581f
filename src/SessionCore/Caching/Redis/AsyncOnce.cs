namespace SessionCore.Caching.Redis;

/// <summary>Value created asynchronously at its first use, shared by all callers. After a failure the next use tries again.</summary>
internal sealed class AsyncOnce<T>(Func<Task<T>> create)
{
    private readonly Lock _gate = new();
    private Task<T>? _value;

    /// <summary>Returns the value. A caller that stops waiting does not cancel the work.</summary>
    public Task<T> GetAsync()
    {
        lock (_gate)
        {
            if (_value is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // On another thread: the Redis client resolves names and opens sockets synchronously before it returns its task.
                _value = Task.Run(create);
            }

            return _value;
        }
    }
}
