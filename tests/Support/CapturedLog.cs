using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Support;

/// <summary>Keeps everything that is logged: every level and category, with exceptions and scopes.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<CapturedEntry> _entries = new();

    /// <summary>Gets what was logged, in order.</summary>
    public IReadOnlyCollection<CapturedEntry> Entries => _entries;

    /// <summary>Gets the entries as lines: level, event id, category, text.</summary>
    public IReadOnlyCollection<string> Lines => [.. _entries.Select(entry => $"{entry.Level} {entry.Id.Id} {entry.Category} {entry.Text}")];

    /// <summary>Gets the texts of all entries.</summary>
    public string AllText => string.Join('\n', _entries.Select(entry => entry.Text));

    /// <summary>Gets the ids of all events.</summary>
    public IReadOnlyList<int> Ids => [.. _entries.Select(entry => entry.Id.Id)];

    /// <summary>Returns a factory whose loggers all write here.</summary>
    public ILoggerFactory Factory() => LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(this));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(string category, ConcurrentQueue<CapturedEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            entries.Enqueue(new CapturedEntry(category, LogLevel.Trace, default, $"scope {state}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new CapturedEntry(category, logLevel, eventId, $"{formatter(state, exception)} {exception}"));
    }
}

/// <summary>Something that was logged.</summary>
/// <param name="Category">The category of the logger.</param>
/// <param name="Level">The level; Trace for a scope.</param>
/// <param name="Id">The event; 0 for a scope.</param>
/// <param name="Text">The message and the exception.</param>
public sealed record CapturedEntry(string Category, LogLevel Level, EventId Id, string Text);
