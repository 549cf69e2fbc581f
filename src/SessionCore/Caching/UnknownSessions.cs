using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>
/// Ids that the table has just said it does not have, so that a flood of them costs one read each. Bounded by its slots: an id
/// that falls on a taken slot takes it. Nothing of it reaches Redis.
/// </summary>
internal sealed class UnknownSessions(TimeProvider timeProvider)
{
    private const int Slots = 4096;

    // Short: an id becomes known only when its creation, answered with an error, was applied late.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private readonly Slot?[] _slots = new Slot?[Slots];

    public void Add(SessionLocator locator) => Volatile.Write(ref _slots[Index(locator)], new Slot(locator, timeProvider.GetUtcNow() + Lifetime));

    public void Remove(SessionLocator locator) => Volatile.Write(ref _slots[Index(locator)], null);

    public bool Contains(SessionLocator locator) =>
        Volatile.Read(ref _slots[Index(locator)]) is { } slot && slot.Locator == locator && timeProvider.GetUtcNow() < slot.Until;

    private static int Index(SessionLocator locator) => (int)(ulong)(locator.Id % Slots);

    private sealed record Slot(SessionLocator Locator, DateTimeOffset Until);
}
