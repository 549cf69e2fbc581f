using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>One connection to Redis: opened at its first use, and repaired by the client itself from then on.</summary>
internal sealed partial class RedisConnection(IRedisLogin login, TimeProvider timeProvider, ILogger logger) : IDisposable, IAsyncDisposable
{
    /// <summary>A replica may lag behind: it never answers, not even while the primary is away.</summary>
    public const CommandFlags Primary = CommandFlags.DemandMaster;

    private readonly Lock _gate = new();
    private volatile IDatabase? _database;
    private Task<IDatabase>? _opening;
    private ConnectionMultiplexer? _multiplexer;
    private bool _disposed;

    /// <summary>Gets the database; null before the connection has been opened, and after the end.</summary>
    public IDatabase? Open => _database;

    /// <summary>
    /// Gives the database; the first call opens the connection, once for all callers. Who gives up waiting does not stop that. A
    /// failed attempt is followed by another at the next call.
    /// </summary>
    /// <exception cref="CacheUnavailableException">It is not open within the time given.</exception>
    public ValueTask<IDatabase> OpenAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        _database is { } database ? ValueTask.FromResult(database) : OpenFirstAsync(timeout, cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _database = null;
            _multiplexer?.Dispose();
            login.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        ConnectionMultiplexer? multiplexer;
        lock (_gate)
        {
            multiplexer = _multiplexer;
        }

        if (multiplexer is not null)
        {
            await multiplexer.CloseAsync();
        }

        Dispose();
    }

    private async ValueTask<IDatabase> OpenFirstAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenOnce().WaitAsync(timeout, timeProvider, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new CacheUnavailableException("Redis cannot be reached yet.", e);
        }
    }

    private Task<IDatabase> OpenOnce()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_opening is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // On another thread: the client resolves names and opens sockets before it gives its task out.
                _opening = Task.Run(ConnectAsync);
            }

            return _opening;
        }
    }

    private async Task<IDatabase> ConnectAsync()
    {
        try
        {
            var configuration = await login.ConfigureAsync();
            var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration);
            return Keep(multiplexer, configuration);
        }
        catch (Exception e)
        {
            LogNotOpened(logger, e.GetType().Name);
            throw;
        }
    }

    private IDatabase Keep(ConnectionMultiplexer multiplexer, ConfigurationOptions configuration)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                multiplexer.Dispose();
                throw new ObjectDisposedException(nameof(RedisConnection));
            }

            multiplexer.ConnectionFailed += (_, e) => LogLost(logger, e.FailureType);
            multiplexer.ConnectionRestored += (_, _) => LogRestored(logger);
            login.Opened(multiplexer, configuration);
            _multiplexer = multiplexer;
            return _database = multiplexer.GetDatabase();
        }
    }
}
