using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>Where the session of a key was found last: in this process, and in Redis for the others. Nothing relies on it being right.</summary>
/// <remarks>
/// A reader that follows a hint checks the key in the session itself, so hints need no protection. Bounded by its slots:
/// a key that falls on a taken slot takes it. The value in Redis has the form of a lease, the one kind that may be put into an empty key.
/// </remarks>
internal sealed class KeyHints(ICache cache, SessionMetrics metrics)
{
    private const int Slots = 16_384;

    // A hint that is gone costs one read of the table.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly bool _isShared = cache is not NoCache;
    private readonly Slot?[] _slots = new Slot?[Slots];

    /// <summary>Returns what this process knows.</summary>
    public SessionLocator? Find(in SessionKey key) =>
        Volatile.Read(ref _slots[IndexOf(key)]) is { } slot && slot.Partition == key.Partition && slot.Id == key.Id ? slot.Session : null;

    /// <summary>Returns what another instance has left in Redis.</summary>
    public async ValueTask<SessionLocator?> LookUpAsync(SessionKey key, CancellationToken cancellationToken)
    {
        if (!_isShared)
        {
            return null;
        }

        try
        {
            return Read(await cache.GetAsync(NameOf(key), cancellationToken));
        }
        catch (CacheUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Remembers in this process.</summary>
    public void Remember(in SessionKey key, SessionLocator session) =>
        Volatile.Write(ref _slots[IndexOf(key)], new Slot(key.Partition, key.Id, session));

    /// <summary>Remembers here and in Redis.</summary>
    public async ValueTask ShareAsync(SessionKey key, SessionLocator session, CancellationToken cancellationToken)
    {
        Remember(key, session);
        if (!_isShared)
        {
            return;
        }

        var value = new byte[1 + SessionLocator.ByteLength];
        value[0] = CacheValue.Lease;
        session.Write(value.AsSpan(1));
        try
        {
            var name = NameOf(key);
            if (await cache.LeaseAsync(name, value, replaceable: null, Lifetime, cancellationToken) is { } former
                && !former.AsSpan().SequenceEqual(value))
            {
                await cache.LeaseAsync(name, value, former, Lifetime, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is CacheUnavailableException or OperationCanceledException)
        {
            metrics.CacheWriteLost("hint");
        }
    }

    public static string NameOf(in SessionKey key) =>
        string.Concat("key:{", SessionLocator.Hex(key.Partition), "}:", SessionLocator.Hex(key.Id));

    private static SessionLocator? Read(byte[]? value) =>
        value is [CacheValue.Lease, ..] && value.Length == 1 + SessionLocator.ByteLength ? SessionLocator.Read(value.AsSpan(1)) : null;

    private static int IndexOf(in SessionKey key) => (int)(ulong)(key.Id % Slots);

    private sealed record Slot(UInt128 Partition, UInt128 Id, SessionLocator Session);
}
