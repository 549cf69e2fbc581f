using System.Collections.Concurrent;
using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>
/// Sessions whose cache entry may be older than the table, because a write to the cache was not confirmed. This process reads them from
/// the table until every older entry has expired, so clients read their own writes.
/// </summary>
internal sealed class SuspectSessions(TimeProvider timeProvider)
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<SessionLocator, DateTimeOffset> _until = new();
    private long _allUntil;

    // Never reset. ConcurrentDictionary.IsEmpty takes all of its locks, and this is read on every look-up.
    private volatile bool _hasAny;

    /// <summary>Bypasses the cache for a session until an instant.</summary>
    public void Add(SessionLocator locator, DateTimeOffset until)
    {
        _hasAny = true;
        if (_until.Count < Capacity)
        {
            _until[locator] = until;
            return;
        }

        // Too many to keep one by one: the whole cache is bypassed for a while, which is only slower.
        Interlocked.Exchange(ref _allUntil, until.UtcTicks);
        _until.Clear();
    }

    /// <summary>Whether the cache is bypassed for a session.</summary>
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
