using System.Numerics;

namespace Bench.Driver;

/// <summary>
/// Counts durations in buckets that are linear inside each power of two, so that a percentile is off by less than one part in 128
/// independent of its size, and recording is two shifts and an increment.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 7;
    private const int SubBuckets = 1 << SubBits;
    private readonly long[] _counts = new long[(64 - SubBits + 1) * SubBuckets];

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Records one duration.</summary>
    /// <param name="nanoseconds">The duration; a negative one counts as 0.</param>
    public void Record(long nanoseconds)
    {
        _counts[IndexOf(Math.Max(nanoseconds, 0))]++;
        Count++;
    }

    /// <summary>The duration that this share of all recorded ones does not exceed; zero when nothing was recorded.</summary>
    /// <param name="share">From 0 to 1: 0.5 is the median.</param>
    public TimeSpan Percentile(double share)
    {
        var rank = (long)Math.Ceiling(Math.Clamp(share, 0, 1) * Count);
        long seen = 0;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= rank && seen > 0)
            {
                return TimeSpan.FromMicroseconds(MiddleOf(index) / 1000.0);
            }
        }

        return TimeSpan.Zero;
    }

    private static int IndexOf(long value)
    {
        // Below 2^SubBits a value is its own bucket; above, the leading SubBits + 1 bits are kept.
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static double MiddleOf(int index)
    {
        if (index < 2 * SubBuckets)
        {
            return index;
        }

        var shift = (index / SubBuckets) - 1;
        return Math.ScaleB((index % SubBuckets) + SubBuckets + 0.5, shift);
    }
}
