namespace SessionFunctions.Client.Passports;

/// <summary>
/// Set of hashes in one array, 20 bytes each when it is full: a back end that follows many endings keeps hundreds of thousands. Not thread-safe.
/// </summary>
internal sealed class SidHashSet
{
    private const int LeastSlots = 32;

    // At most four of five slots are taken, so that a search ends soon.
    private const int Taken = 4;
    private const int OfSlots = 5;

    private SidHash[] _slots;
    private bool _hasDefault;

    /// <summary>Initializes a new instance of the <see cref="SidHashSet"/> class.</summary>
    /// <param name="capacity">How many hashes it holds without being copied.</param>
    public SidHashSet(int capacity) => _slots = new SidHash[SlotsFor(capacity)];

    /// <summary>Gets the number of hashes.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a hash, unless it is there.</summary>
    public void Add(SidHash hash)
    {
        if (Contains(hash))
        {
            return;
        }

        Count++;
        if (hash == default)
        {
            _hasDefault = true; // a free slot looks like it
            return;
        }

        if ((long)Count * OfSlots > (long)_slots.Length * Taken)
        {
            Grow();
        }

        _slots[SlotOf(hash)] = hash;
    }

    /// <summary>Whether a hash is there.</summary>
    public bool Contains(SidHash hash) => hash == default ? _hasDefault : _slots[SlotOf(hash)] == hash;

    // The slot of a hash, or the free one where it belongs.
    private int SlotOf(SidHash hash)
    {
        var slot = (int)(((ulong)(uint)hash.GetHashCode() * (ulong)_slots.Length) >> 32);
        while (_slots[slot] != default && _slots[slot] != hash)
        {
            slot = slot + 1 == _slots.Length ? 0 : slot + 1;
        }

        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new SidHash[SlotsFor(old.Length)];
        foreach (var hash in old)
        {
            if (hash != default)
            {
                _slots[SlotOf(hash)] = hash;
            }
        }
    }

    private static int SlotsFor(int capacity) => (int)Math.Max(LeastSlots, ((long)capacity * OfSlots / Taken) + 1);
}
