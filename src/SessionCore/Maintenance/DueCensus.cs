using System.Numerics;
using SessionCore.Sessions;

namespace SessionCore.Maintenance;

/// <summary>Which rows some due entry leads to. 8 bytes for each row, so a range of many millions fits.</summary>
internal sealed class DueCensus(DateTimeOffset takenAt)
{
    // A chance meeting of two in one number, one in 10^13 for a million rows, only hides a missing entry.
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

    // Partition and id are random or digests, so folding them loses nothing.
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
