using Microsoft.Extensions.Options;
using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>Live sessions kept in this process for a moment, so that a session asked for again and again costs no look at Redis. Off by default.</summary>
/// <remarks>
/// No instance can take such an entry away from another. So a change of a session is acknowledged only once every entry from before
/// it has lapsed (<see cref="SettleAsync"/>), which makes each change slower by <see cref="CacheOptions.LocalAge"/>; a touch alone is
/// not waited for: an entry is used only while no touch is due, so that one from before a touch is not used after it. Bounded by its
/// slots: a session that falls on a taken slot takes it.
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

    /// <summary>Gets a value indicating whether anything is kept.</summary>
    public bool IsOn => _slots.Length > 0;

    /// <summary>The instant from which an entry counts, to be taken before Redis or the table is asked. Of the clock that never steps back.</summary>
    public long Ask() => IsOn ? _timeProvider.GetTimestamp() : 0;

    /// <summary>Keeps what was found.</summary>
    /// <param name="session">The session.</param>
    /// <param name="asked">What <see cref="Ask"/> gave.</param>
    public void Keep(LiveSession session, long asked)
    {
        if (IsOn)
        {
            Volatile.Write(ref SlotOf(session.Locator), new Slot(session, asked));
        }
    }

    /// <summary>Finds a session that may still be answered; whether it is live is the caller's to judge.</summary>
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

    /// <summary>Forgets a session that is being changed here.</summary>
    public void Forget(SessionLocator locator)
    {
        if (IsOn)
        {
            Volatile.Write(ref SlotOf(locator), null);
        }
    }

    /// <summary>Waits until no instance has an entry from before now. At once when nothing is kept.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) =>
        IsOn ? Task.Delay(_age + Margin, _timeProvider, cancellationToken) : Task.CompletedTask;

    private ref Slot? SlotOf(SessionLocator locator) => ref _slots[(int)(ulong)(locator.Id % (ulong)_slots.Length)];

    private sealed record Slot(LiveSession Session, long Asked);
}
