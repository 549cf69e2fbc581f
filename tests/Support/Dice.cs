namespace Support;

/// <summary>The one source of chance of a run: the same seed gives the same throws on every machine and every version of .NET.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).</remarks>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(double probability) => probability > 0 && (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    /// <summary>The same items in a random order.</summary>
    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        for (var i = all.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all;
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public TimeSpan Milliseconds(int low, int high) => TimeSpan.FromMilliseconds(Between(low, high));
}
