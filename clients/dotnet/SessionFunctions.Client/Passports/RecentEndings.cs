namespace SessionFunctions.Client.Passports;

/// <summary>The sessions that ended recently. Forgets by generations, each an eighth of the time to keep. Not thread-safe.</summary>
internal sealed class RecentEndings
{
    private const int Generations = 8;
    private const int MinSliceMilliseconds = 1000;

    private readonly List<Generation> _generations = [];

    /// <summary>Remembers an ending for at least a time.</summary>
    /// <param name="sid">The session.</param>
    /// <param name="nowMilliseconds">A clock that never goes back.</param>
    /// <param name="keep">How long.</param>
    /// <param name="longest">The longest time that any ending is kept.</param>
    public void Add(SidHash sid, long nowMilliseconds, TimeSpan keep, TimeSpan longest)
    {
        var until = nowMilliseconds + (long)keep.TotalMilliseconds;
        var slice = Math.Max(MinSliceMilliseconds, (long)longest.TotalMilliseconds / Generations);
        GenerationFor(until, slice).Sids.Add(sid);
    }

    /// <summary>Forgets what has been kept long enough.</summary>
    public void Prune(long nowMilliseconds) => _generations.RemoveAll(generation => generation.Until <= nowMilliseconds);

    public bool Contains(SidHash sid)
    {
        foreach (var generation in _generations)
        {
            if (generation.Sids.Contains(sid))
            {
                return true;
            }
        }

        return false;
    }

    // The generation that is forgotten next after an instant, and less than a slice later.
    private Generation GenerationFor(long until, long slice)
    {
        foreach (var generation in _generations)
        {
            if (generation.Until >= until && generation.Until - until < slice)
            {
                return generation;
            }
        }

        // As many as in the last one, so that a set is not copied while it grows.
        var added = new Generation(until + slice - 1, _generations.Count > 0 ? _generations[^1].Sids.Count : 0);
        _generations.Add(added);
        return added;
    }

    private sealed class Generation(long until, int capacity)
    {
        public long Until => until;

        public SidHashSet Sids { get; } = new(capacity);
    }
}
