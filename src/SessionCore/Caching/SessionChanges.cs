using Microsoft.Extensions.Options;
using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>Changes that clients wait for: a session ended, or has another token or other claims. One object for each client that waits.</summary>
/// <remarks>
/// A hint: whoever is woken reads the session again, and whoever is not finds the change when the wait ends. One timer serves all waits.
/// </remarks>
public sealed class SessionChanges : IDisposable
{
    /// <summary>How late a wait may end.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Dictionary<SessionLocator, ChangeWait> _waits = [];
    private readonly IChangeChannel? _channel;
    private readonly TimeProvider _timeProvider;
    private readonly bool _mayWait;
    private readonly ITimer _timer;
    private bool _isTicking;
    private bool _isListening;
    private bool _isStopped;

    internal SessionChanges(IChangeChannel? channel, IOptions<WaitOptions> options, TimeProvider timeProvider)
    {
        _channel = channel;
        _timeProvider = timeProvider;
        _mayWait = options.Value.Longest > TimeSpan.Zero;
        _timer = timeProvider.CreateTimer(static state => ((SessionChanges)state!).EndWaits(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets the number of waits.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waits.Values.Sum(first => first.ChainLength);
            }
        }
    }

    /// <summary>Begins to watch a session. What changes after this call ends the wait; read the session after it, not before.</summary>
    public ChangeWait Watch(SessionLocator locator)
    {
        var wait = new ChangeWait(this, locator);
        lock (_lock)
        {
            if (_waits.TryGetValue(locator, out var first))
            {
                wait.Next = first;
            }

            _waits[locator] = wait;
            if (_isStopped)
            {
                wait.Complete(isChanged: false);
            }

            if (_channel is not null && !_isListening)
            {
                _isListening = true;
                _channel.Listen(Wake);
            }
        }

        return wait;
    }

    /// <summary>Ends all waits, and those to come, for a host that stops.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            foreach (var first in _waits.Values)
            {
                first.CompleteChain(isChanged: false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Tells of a change that is written, here and to the other instances.</summary>
    internal void Announce(SessionLocator changed)
    {
        if (_mayWait)
        {
            Wake(changed);
            _channel?.Publish(changed);
        }
    }

    internal void Schedule()
    {
        lock (_lock)
        {
            if (!_isTicking)
            {
                _isTicking = true;
                _timer.Change(Tick, Tick);
            }
        }
    }

    internal void Remove(ChangeWait wait)
    {
        lock (_lock)
        {
            if (!_waits.TryGetValue(wait.Locator, out var first))
            {
                return;
            }

            if (first.Without(wait) is { } rest)
            {
                _waits[wait.Locator] = rest;
            }
            else
            {
                _waits.Remove(wait.Locator);
            }

            if (_waits.Count == 0 && _isTicking)
            {
                _isTicking = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    // The completions run on other threads, so nothing of theirs happens within the lock.
    private void Wake(SessionLocator changed)
    {
        lock (_lock)
        {
            if (_waits.TryGetValue(changed, out var first))
            {
                first.CompleteChain(isChanged: true);
            }
        }
    }

    private void EndWaits()
    {
        var now = _timeProvider.GetUtcNow();
        lock (_lock)
        {
            foreach (var first in _waits.Values)
            {
                first.CompleteDue(now);
            }
        }
    }
}
