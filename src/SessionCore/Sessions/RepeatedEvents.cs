namespace SessionCore.Sessions;

/// <summary>Rate limit for repeated log events. Suppressed events are counted in the next line; metrics count every event.</summary>
/// <param name="timeProvider">The clock.</param>
public sealed class RepeatedEvents(TimeProvider timeProvider)
{
    private const int Slots = 256;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Slot?[] _slots = new Slot?[Slots];

    /// <summary>Counts one event.</summary>
    /// <param name="key">The identity of the event. It must not derive from a request's text, because there are few slots.</param>
    /// <param name="count">The events since the last line, this one included.</param>
    /// <returns>Whether to log the event: at most once in 10 seconds per key.</returns>
    public bool ShouldLog(int key, out long count)
    {
        ref var slot = ref _slots[key & (Slots - 1)];
        while (true)
        {
            var now = timeProvider.GetUtcNow();
            var seen = Volatile.Read(ref slot);
            var same = seen?.Key == key ? seen : null;
            var isDue = same is null || now >= same.NextAt;
            count = 1 + (same?.HeldBack ?? 0);
            var next = isDue ? new Slot(key, now + Pause, HeldBack: 0) : same! with { HeldBack = count };
            if (ReferenceEquals(Interlocked.CompareExchange(ref slot, next, seen), seen))
            {
                return isDue;
            }
        }
    }

    private sealed record Slot(int Key, DateTimeOffset NextAt, long HeldBack);
}
