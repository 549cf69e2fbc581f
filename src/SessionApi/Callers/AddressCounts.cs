using System.Net;
using System.Net.Sockets;

namespace SessionApi.Callers;

/// <summary>Budget per client address in a fixed window.</summary>
/// <remarks>
/// Not System.Threading.RateLimiting: its limiters read a clock of their own and keep one object per address, so memory grows with an
/// attack. Here a hash with a random seed per process maps an address to one of a fixed number of slots. Two addresses in one slot
/// share a budget, which only affects callers with failures.
/// </remarks>
internal sealed class AddressCounts(RateLimitOptions options, TimeProvider timeProvider)
{
    private const int Slots = 16 * 1024;
    private const int CountBits = 24;
    private const long CountMask = (1L << CountBits) - 1;

    // An IPv6 customer has at least a /64.
    private const int IPv6PrefixBytes = 8;

    // High bits: number of the window. Low bits: count in that window.
    private readonly long[] _slots = new long[Slots];
    private readonly int _limit = options.Failures;
    private readonly long _windowTicks = options.FailureWindow.Ticks;
    private long _spentWindow = -1;

    /// <summary>Gets a value indicating whether any address has spent its budget in this window.</summary>
    public bool IsAnySpent => Volatile.Read(ref _spentWindow) >= 0 && Volatile.Read(ref _spentWindow) == timeProvider.GetUtcNow().Ticks / _windowTicks;

    /// <summary>Counts one request.</summary>
    /// <returns>0 while the address is within its budget; otherwise the seconds until the next window.</returns>
    public int Count(IPAddress address)
    {
        var now = timeProvider.GetUtcNow().Ticks;
        var window = now / _windowTicks;
        ref var slot = ref _slots[SlotOf(address)];
        while (true)
        {
            var seen = Volatile.Read(ref slot);
            var count = CountOf(seen, window);
            if (count >= _limit)
            {
                return WaitIn(window, now);
            }

            if (Interlocked.CompareExchange(ref slot, (Low(window) << CountBits) | (count + 1), seen) == seen)
            {
                if (count + 1 == _limit)
                {
                    Volatile.Write(ref _spentWindow, window);
                }

                return 0;
            }
        }
    }

    /// <summary>Returns the seconds until the address has a budget again, or 0. Counts nothing.</summary>
    public int WaitOf(IPAddress address)
    {
        var now = timeProvider.GetUtcNow().Ticks;
        var window = now / _windowTicks;
        return CountOf(Volatile.Read(ref _slots[SlotOf(address)]), window) >= _limit ? WaitIn(window, now) : 0;
    }

    private int WaitIn(long window, long now) => (int)Math.Ceiling(TimeSpan.FromTicks(((window + 1) * _windowTicks) - now).TotalSeconds);

    private static long CountOf(long slot, long window) => slot >> CountBits == Low(window) ? slot & CountMask : 0;

    private static long Low(long window) => window & (long.MaxValue >> CountBits);

    private static int SlotOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var hash = default(HashCode);
        hash.AddBytes(bytes[..(address.AddressFamily == AddressFamily.InterNetworkV6 ? IPv6PrefixBytes : length)]);
        return hash.ToHashCode() & (Slots - 1);
    }
}
