namespace SessionCore.Operations;

/// <summary>Asynchronous lock per user or session within this process.</summary>
/// <remarks>
/// It only avoids conflicts between callers of one process. Correctness, also across instances, comes from entity tags.
/// </remarks>
internal sealed class KeyedLock : IDisposable
{
    // Different keys rarely share a lock. If they do, one caller waits for the other's store call.
    private const int Count = 1024;

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the lock of a key. Disposing the result releases it.</summary>
    public async ValueTask<Releaser> EnterAsync(UInt128 key, CancellationToken cancellationToken)
    {
        var semaphore = _locks[(int)(ulong)(key % Count)];
        await semaphore.WaitAsync(cancellationToken);
        return new Releaser(semaphore);
    }

    public void Dispose()
    {
        foreach (var semaphore in _locks)
        {
            semaphore.Dispose();
        }
    }

    internal readonly struct Releaser(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
