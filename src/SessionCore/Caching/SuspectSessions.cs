using System.Collections.Concurrent;
using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>
/// Sessions whose cache entry may be behind the table, because a write to the cache was not confirmed. This process does not
/// read them from the cache until every older entry has passed its age: a client reads its own writes.
/// </summary>
internal sealed class SuspectSessions(TimeProvider timeProvider)
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<SessionLocator, DateTimeOffset> _until = new();
    private long _allUntil;

    // Stays set: whether the dictionary is empty is a question that takes all of its locks, and this is asked on every look-up.
    private volatile bool _hasAny;

    /// <summary>Distrusts the cache for a session until an instant.</summary>
    public void Add(SessionLocator locator, DateTimeOffset until)
    {
        _hasAny = true;
        if (_until.Count < Capacity)
        {
            _until[locator] = until;
            return;
        }

        // Too many to remember one by one: the cache as a whole is not read for a while, which is slow, not wrong.
        Interlocked.Exchange(ref _allUntil, until.UtcTicks);
        _until.Clear();
    }

    /// <summary>Whether the cache may not be asked for a session.</summary>
    public bool Contains(SessionLocator locator)
    {
        if (!_hasAny)
        {
            return false;
        }

        var now = timeProvider.GetUtcNow();
        if (now.UtcTicks < Volatile.Read(ref _allUntil))
        {
            return true;
        }

        if (!_until.TryGetValue(locator, out var until))
        {
            return false;
        }

        if (now < until)
        {
            return true;
        }

        _until.TryRemove(new KeyValuePair<SessionLocator, DateTimeOffset>(locator, until));
        return false;
    }
}
