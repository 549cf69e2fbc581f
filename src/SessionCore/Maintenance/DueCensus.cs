using System.Numerics;
using SessionCore.Sessions;

namespace SessionCore.Maintenance;

/// <summary>
/// Set of the rows that due entries refer to, as 8-byte fingerprints, so that a range of many millions fits in memory.
/// </summary>
internal sealed class DueCensus(DateTimeOffset takenAt)
{
    // A collision, one in 10^13 for a million rows, only hides a missing entry.
    private readonly HashSet<ulong> _rows = [];

    /// <summary>Gets the time before the first entry was read.</summary>
    public DateTimeOffset TakenAt { get; } = takenAt;

    public int Count => _rows.Count;

    public void Add(UInt128 partition, string rowKey)
    {
        if (TryFold(partition, rowKey, out var number))
        {
            _rows.Add(number);
        }
    }

    public bool Contains(UInt128 partition, string rowKey) => TryFold(partition, rowKey, out var number) && _rows.Contains(number);

    // Partition and id are random or digests, so XOR keeps them uniformly distributed.
    private static bool TryFold(UInt128 partition, string rowKey, out ulong number)
    {
        number = 0;
        if (rowKey.Length < 3 || !SessionLocator.TryParseHex(rowKey.AsSpan(2), out var id))
        {
            return false;
        }

        number = Fold(partition) ^ BitOperations.RotateLeft(Fold(id), 1) ^ rowKey[0];
        return true;
    }

    private static ulong Fold(UInt128 value) => (ulong)value ^ (ulong)(value >> 64);
}
