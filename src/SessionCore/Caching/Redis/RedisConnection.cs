using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Lazily opened connection to the database of a multiplexer, which it disposes, as the cache of ASP.NET Core does.</summary>
internal sealed class RedisConnection : IDisposable, IAsyncDisposable
{
    /// <summary>
    /// Commands go to the primary only: a replica may lag behind, so it never answers, even while the primary is down.
    /// </summary>
    public const CommandFlags Primary = CommandFlags.DemandMaster;

    private readonly TimeProvider _timeProvider;
    private readonly AsyncOnce<IDatabase> _opened;
    private readonly Lock _gate = new();
    private volatile IDatabase? _database;
    private IConnectionMultiplexer? _multiplexer;
    private bool _disposed;

    /// <summary>Prepares the connection; nothing is contacted.</summary>
    /// <param name="connect">Creates the multiplexer; called again after a failure only.</param>
    /// <param name="timeProvider">The clock of deadlines.</param>
    public RedisConnection(Func<Task<IConnectionMultiplexer>> connect, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _opened = new AsyncOnce<IDatabase>(async () => Keep(await connect()));
    }

    /// <summary>Gets the database; null before the connection is open and after disposal.</summary>
    public IDatabase? Open => _database;

    /// <summary>Returns the database; the first call opens the connection. A caller's cancellation does not stop the opening.</summary>
    /// <exception cref="CacheUnavailableException">The connection did not open in time.</exception>
    public ValueTask<IDatabase> OpenAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        _database is { } database ? ValueTask.FromResult(database) : OpenFirstAsync(timeout, cancellationToken);

    public void Dispose() => End()?.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (End() is { } multiplexer)
        {
            await multiplexer.CloseAsync();
            await multiplexer.DisposeAsync();
        }
    }

    private async ValueTask<IDatabase> OpenFirstAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenOnceAsync().WaitAsync(timeout, _timeProvider, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new CacheUnavailableException("Redis cannot be reached yet.", e);
        }
    }

    private Task<IDatabase> OpenOnceAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
        }

        return _opened.GetAsync();
    }

    private IDatabase Keep(IConnectionMultiplexer multiplexer)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                multiplexer.Dispose();
                throw new ObjectDisposedException(nameof(RedisConnection));
            }

            _multiplexer = multiplexer;
            return _database = multiplexer.GetDatabase();
        }
    }

    private IConnectionMultiplexer? End()
    {
        lock (_gate)
        {
            _disposed = true;
            _database = null;
            return Interlocked.Exchange(ref _multiplexer, null);
        }
    }
}
