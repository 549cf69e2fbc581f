using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.Client;

namespace SessionClient.Tests;

/// <summary>A client as an application registers it, with everything that was logged meanwhile.</summary>
internal sealed class TestedClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly LoggedLines _lines = new();

    /// <summary>Makes one.</summary>
    /// <param name="address">The address with the base path.</param>
    /// <param name="key">The service key.</param>
    /// <param name="configure">More options.</param>
    public TestedClient(Uri address, string? key, Action<SessionsClientOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_lines));
        services.AddSessionsClient(options =>
        {
            options.BaseAddress = address;
            options.ServiceKey = key;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Sessions = _services.GetRequiredService<SessionsClient>();
    }

    /// <summary>Gets the client.</summary>
    public SessionsClient Sessions { get; }

    /// <summary>Gets the lines that were logged, at any level and by anyone.</summary>
    public IReadOnlyCollection<string> Lines => _lines.Lines;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>Keeps what is logged.</summary>
internal sealed class LoggedLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Gets the lines.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue($"scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
