using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Token bucket per caller; off unless a rate is configured.</summary>
/// <remarks>
/// Generic cell rate algorithm: one number per bucket, the instant at which it would be full again. The number of slots is fixed as in
/// <see cref="FailureLimit"/>, so memory does not grow with the callers.
/// </remarks>
internal sealed class CallerLimit
{
    private const int Slots = 16 * 1024;

    private readonly TimeProvider _timeProvider;
    private readonly long _ticksPerRequest;
    private readonly long _burstTicks;
    private readonly long[] _fullAt;

    public CallerLimit(IOptions<RateLimitOptions> options, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _ticksPerRequest = options.Value.RequestsPerSecond == 0 ? 0 : TimeSpan.TicksPerSecond / options.Value.RequestsPerSecond;
        _burstTicks = _ticksPerRequest * options.Value.Burst;
        _fullAt = _ticksPerRequest == 0 ? [] : new long[Slots];
    }

    /// <summary>Takes one request out of the caller's bucket.</summary>
    /// <returns>0 when the bucket had one; otherwise the seconds to wait.</returns>
    public int Take(int callerHash)
    {
        if (_ticksPerRequest == 0)
        {
            return 0;
        }

        var now = _timeProvider.GetUtcNow().Ticks;
        ref var slot = ref _fullAt[(callerHash ^ (callerHash >> 16)) & (Slots - 1)];
        while (true)
        {
            var seen = Volatile.Read(ref slot);
            var next = Math.Max(seen, now) + _ticksPerRequest;
            if (next - now > _burstTicks)
            {
                return Math.Max(1, (int)Math.Ceiling(TimeSpan.FromTicks(next - now - _burstTicks).TotalSeconds));
            }

            if (Interlocked.CompareExchange(ref slot, next, seen) == seen)
            {
                return 0;
            }
        }
    }
}
