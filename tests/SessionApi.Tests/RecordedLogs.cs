using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SessionApi.Tests;

/// <summary>Keeps what is logged.</summary>
public sealed class RecordedLogs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(EventId Id, LogLevel Level, string Text)> _entries = new();

    public IReadOnlyCollection<(EventId Id, LogLevel Level, string Text)> Entries => _entries;

    public string All => string.Join('\n', _entries.Select(entry => entry.Text));

    public IReadOnlyList<int> Ids => [.. _entries.Select(entry => entry.Id.Id)];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((eventId, logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose() => _entries.Clear();
}
