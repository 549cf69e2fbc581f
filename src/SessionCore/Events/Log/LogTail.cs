using SessionCore.Storage;

namespace SessionCore.Events.Log;

/// <summary>The last rows of a lane's log in memory, without gaps, so that readers who follow cost no read of the store. Bounded.</summary>
internal sealed class LogTail
{
    /// <summary>The number of rows that are kept at least, once there are as many.</summary>
    public const int MinRows = 1000;

    private readonly Lock _lock = new();
    private readonly List<EventLogRow> _rows = [];

    /// <summary>Adds the next row. One that does not follow the last starts anew.</summary>
    public void Add(EventLogRow row)
    {
        lock (_lock)
        {
            if (_rows.Count > 0 && row.Number != _rows[^1].Number + 1)
            {
                _rows.Clear();
            }

            _rows.Add(row);
            if (_rows.Count >= 2 * MinRows)
            {
                _rows.RemoveRange(0, _rows.Count - MinRows);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rows.Clear();
        }
    }

    /// <summary>Returns rows from a number on; null when that row is not in memory.</summary>
    public IReadOnlyList<EventLogRow>? From(long number, int max)
    {
        lock (_lock)
        {
            return _rows.Count > 0 && number >= _rows[0].Number && number <= _rows[^1].Number
                ? _rows.GetRange((int)(number - _rows[0].Number), (int)Math.Min(max, _rows[^1].Number - number + 1))
                : null;
        }
    }

    /// <summary>Returns the number of the first row that was not appended before a time; null when that is not certain from memory.</summary>
    public long? FirstSince(DateTimeOffset time)
    {
        lock (_lock)
        {
            if (_rows.Count == 0 || _rows[0].At >= time)
            {
                return null;
            }

            var index = _rows.FindIndex(row => row.At >= time);
            return index < 0 ? _rows[^1].Number + 1 : _rows[index].Number;
        }
    }
}
