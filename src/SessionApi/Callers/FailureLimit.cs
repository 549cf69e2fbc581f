using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Counts requests with a bad credential by client address, in a fixed window.</summary>
/// <remarks>
/// Not System.Threading.RateLimiting: its limiters read a clock of their own and keep one object for each address, so that
/// memory grows with the attack. Here an address falls into one of a fixed number of slots by a hash that is seeded anew in
/// each process. Two addresses in one slot share a budget, which only those who fail ever notice.
/// </remarks>
internal sealed class FailureLimit(IOptions<RateLimitOptions> options, TimeProvider timeProvider)
{
    private const int Slots = 16 * 1024;
    private const int CountBits = 24;
    private const long CountMask = (1L << CountBits) - 1;

    // An IPv6 customer has at least a /64.
    private const int IPv6PrefixBytes = 8;

    // The number of the window in the high bits, the failures in it in the low ones.
    private readonly long[] _slots = new long[Slots];
    private readonly int _limit = options.Value.Failures;
    private readonly long _windowTicks = options.Value.FailureWindow.Ticks;

    /// <summary>Counts one failure.</summary>
    /// <returns>0 while the address is within its budget; else the seconds until it has a new one.</returns>
    public int Count(IPAddress address)
    {
        var now = timeProvider.GetUtcNow().Ticks;
        var window = now / _windowTicks;
        ref var slot = ref _slots[SlotOf(address)];
        while (true)
        {
            var seen = Volatile.Read(ref slot);
            var count = seen >> CountBits == Low(window) ? seen & CountMask : 0;
            if (count >= _limit)
            {
                return (int)Math.Ceiling(TimeSpan.FromTicks(((window + 1) * _windowTicks) - now).TotalSeconds);
            }

            if (Interlocked.CompareExchange(ref slot, (Low(window) << CountBits) | (count + 1), seen) == seen)
            {
                return 0;
            }
        }
    }

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
