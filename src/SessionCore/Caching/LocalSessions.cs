using Microsoft.Extensions.Options;
using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>
/// Short-lived in-process cache of live sessions, which saves reads of Redis for frequently validated sessions. Off by default.
/// </summary>
/// <remarks>
/// An instance cannot remove an entry in another process. So a change of a session is acknowledged only after every older entry has
/// expired (<see cref="SettleAsync"/>), which delays each change by <see cref="CacheOptions.LocalAge"/>. A touch does not wait: an
/// entry is used only while no touch is due, so one from before a touch is never used after it. The number of slots is fixed; a new
/// session replaces the one in its slot.
/// </remarks>
internal sealed class LocalSessions
{
    // Timers round to milliseconds.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _age;
    private readonly TimeSpan _maxAge;
    private readonly Slot?[] _slots;

    public LocalSessions(TimeProvider timeProvider, IOptions<CacheOptions> options)
    {
        _timeProvider = timeProvider;
        _age = options.Value.LocalAge;
        _maxAge = options.Value.MaxAge;
        _slots = _age > TimeSpan.Zero ? new Slot?[options.Value.LocalEntries] : [];
    }

    /// <summary>Gets a value indicating whether the cache is on.</summary>
    public bool IsOn => _slots.Length > 0;

    /// <summary>Returns the monotonic timestamp from which an entry's age counts. Call it before reading Redis or the table.</summary>
    public long Ask() => IsOn ? _timeProvider.GetTimestamp() : 0;

    /// <summary>Adds a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="asked">The result of <see cref="Ask"/>.</param>
    public void Keep(LiveSession session, long asked)
    {
        if (IsOn)
        {
            Volatile.Write(ref SlotOf(session.Locator), new Slot(session, asked));
        }
    }

    /// <summary>Finds a session within its age; the caller checks whether it is live.</summary>
    public LiveSession? Find(SessionLocator locator)
    {
        if (!IsOn || Volatile.Read(ref SlotOf(locator)) is not { } slot || slot.Session.Locator != locator || _timeProvider.GetElapsedTime(slot.Asked) >= _age)
        {
            return null;
        }

        var now = _timeProvider.GetUtcNow();
        return now - slot.Session.ReadAt <= _maxAge && now - slot.Session.LastSeenAt < TouchSlack.Of(slot.Session.IdleTimeout)
            ? slot.Session
            : null;
    }

    /// <summary>Removes a session that is being changed in this process.</summary>
    public void Forget(SessionLocator locator)
    {
        if (IsOn)
        {
            Volatile.Write(ref SlotOf(locator), null);
        }
    }

    /// <summary>Waits until no instance has an entry from before now. Completes at once when the cache is off.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) =>
        IsOn ? Task.Delay(_age + Margin, _timeProvider, cancellationToken) : Task.CompletedTask;

    private ref Slot? SlotOf(SessionLocator locator) => ref _slots[(int)(ulong)(locator.Id % (ulong)_slots.Length)];

    private sealed record Slot(LiveSession Session, long Asked);
}
