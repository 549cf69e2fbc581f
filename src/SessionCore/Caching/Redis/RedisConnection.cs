using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>One connection to Redis: opened at its first use, and repaired by the client itself from then on.</summary>
internal sealed partial class RedisConnection(Func<ConfigurationOptions> configuration, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private volatile IDatabase? _database;
    private Task<IDatabase>? _opening;
    private ConnectionMultiplexer? _multiplexer;
    private bool _disposed;

    /// <summary>Gets the database once the connection has been opened.</summary>
    public IDatabase? Database => _database;

    /// <summary>Opens the connection, once for all callers. A failed attempt is followed by another at the next call.</summary>
    public Task<IDatabase> OpenAsync()
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

    public async ValueTask DisposeAsync()
    {
        Task? opening;
        lock (_gate)
        {
            _disposed = true;
            opening = _opening;
        }

        if (opening is not null)
        {
            await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _database = null;
        _multiplexer?.Dispose();
    }

    private async Task<IDatabase> ConnectAsync()
    {
        try
        {
            var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration());
#pragma warning disable CS0618 // 2.x keeps both properties for old callers; there the first has no effect and the second is an option.
            // In order means one after the other on one thread, our callers' code included.
            multiplexer.PreserveAsyncOrder = false;
            // Detail would be the keys, which name sessions.
            multiplexer.IncludeDetailInExceptions = false;
#pragma warning restore CS0618
            multiplexer.ConnectionFailed += (_, e) => LogLost(logger, e.FailureType);
            multiplexer.ConnectionRestored += (_, _) => LogRestored(logger);
            _multiplexer = multiplexer;
            var database = multiplexer.GetDatabase();
            _database = database;
            return database;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotOpened(logger, e.GetType().Name);
            throw;
        }
    }
}
