namespace SessionCore.Caching.Redis;

/// <summary>A value that is made at its first use, once for all callers. A failed attempt is followed by another at the next use.</summary>
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
                // On another thread: the Redis client resolves names and opens sockets before it gives its task out.
                _value = Task.Run(create);
            }

            return _value;
        }
    }
}
