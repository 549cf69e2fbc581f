using System.Collections.Concurrent;
using System.Text;

namespace SessionCore.Tables.Rest;

/// <summary>Property names as strings, made once: every row of a table has the same few.</summary>
internal sealed class NameCache
{
    // What a foreign writer puts into the table must not fill the memory.
    private const int Most = 256;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _count;

    public NameCache() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Get(ReadOnlySpan<byte> utf8)
    {
        Span<char> buffer = stackalloc char[256];
        if (utf8.Length > buffer.Length)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var name = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (_lookup.TryGetValue(name, out var known))
        {
            return known;
        }

        var added = name.ToString();
        if (Volatile.Read(ref _count) < Most)
        {
            Interlocked.Increment(ref _count);
            _names.TryAdd(added, added);
        }

        return added;
    }
}
