using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>
/// Negative cache of ids that the table does not have, in this process only: repeated look-ups of an unknown id cost one read. The
/// number of slots is fixed; a new id replaces the one in its slot.
/// </summary>
internal sealed class UnknownSessions(TimeProvider timeProvider)
{
    private const int Slots = 4096;

    // Short, because a creation that was answered with an error may be applied late and make the id known.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private readonly Slot?[] _slots = new Slot?[Slots];

    public void Add(SessionLocator locator) => Volatile.Write(ref _slots[Index(locator)], new Slot(locator, timeProvider.GetUtcNow() + Lifetime));

    public void Remove(SessionLocator locator) => Volatile.Write(ref _slots[Index(locator)], null);

    public bool Contains(SessionLocator locator) =>
        Volatile.Read(ref _slots[Index(locator)]) is { } slot && slot.Locator == locator && timeProvider.GetUtcNow() < slot.Until;

    private static int Index(SessionLocator locator) => (int)(ulong)(locator.Id % Slots);

    private sealed record Slot(SessionLocator Locator, DateTimeOffset Until);
}
