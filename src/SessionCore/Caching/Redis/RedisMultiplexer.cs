using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Multiplexer of <see cref="CacheOptions"/>: opened at its first use; the client reconnects by itself.</summary>
internal sealed partial class RedisMultiplexer : IDisposable
{
    private readonly IRedisLogin _login;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly AsyncOnce<IConnectionMultiplexer> _opened;
    private ConnectionMultiplexer? _multiplexer;
    private bool _disposed;

    public RedisMultiplexer(IRedisLogin login, ILogger logger)
    {
        _login = login;
        _logger = logger;
        _opened = new AsyncOnce<IConnectionMultiplexer>(OpenAsync);
    }

    /// <summary>Returns the shared multiplexer.</summary>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public Task<IConnectionMultiplexer> ConnectAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
        }

        return _opened.GetAsync();
    }

    /// <summary>Returns the shared multiplexer if it is connected now, and null otherwise. Begins to open it at the first use; waits for nothing.</summary>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public IConnectionMultiplexer? FindConnected()
    {
        _ = ConnectAsync();
        lock (_gate)
        {
            return _multiplexer is { IsConnected: true } connected ? connected : null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _multiplexer?.Dispose();
            _login.Dispose();
        }
    }

    private async Task<IConnectionMultiplexer> OpenAsync()
    {
        try
        {
            var configuration = await _login.ConfigureAsync();
            return Keep(await ConnectionMultiplexer.ConnectAsync(configuration), configuration);
        }
        catch (Exception e)
        {
            LogNotOpened(_logger, e.GetType().Name);
            throw;
        }
    }

    private ConnectionMultiplexer Keep(ConnectionMultiplexer multiplexer, ConfigurationOptions configuration)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                multiplexer.Dispose();
                throw new ObjectDisposedException(nameof(RedisMultiplexer));
            }

            multiplexer.ConnectionFailed += (_, e) => LogLost(_logger, e.FailureType);
            multiplexer.ConnectionRestored += (_, _) => LogRestored(_logger);
            _login.Opened(multiplexer, configuration);
            _multiplexer = multiplexer;
            return multiplexer;
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "The connection to Redis is lost ({FailureType}); the table answers until it is back")]
    private static partial void LogLost(ILogger logger, ConnectionFailureType failureType);

    [LoggerMessage(3102, LogLevel.Information, "The connection to Redis is back")]
    private static partial void LogRestored(ILogger logger);

    [LoggerMessage(3103, LogLevel.Warning, "The connection to Redis could not be opened ({Reason}); the next use tries again")]
    private static partial void LogNotOpened(ILogger logger, string reason);
}
