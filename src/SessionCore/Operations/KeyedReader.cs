using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Operations;

/// <summary>Finds the session of a key: by a hint and the cache, else by the key's row.</summary>
/// <remarks>
/// A session counts only if its own row says that it is of the key, so that a hint may be wrong. The live session of a key is the one its
/// row names, and no hint leads to another: so a live one that a hint leads to needs no look at the row.
/// </remarks>
internal sealed class KeyedReader(KeyTable keys, KeyHints hints, SessionReader reader)
{
    // A session moves to its user once in its life.
    private const int Attempts = 20;

    /// <summary>Finds the session of a key.</summary>
    /// <returns>The live or the ended session that the key's row names; unknown when there is none.</returns>
    public async ValueTask<SessionReading> FindAsync(SessionKey key, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        var known = hints.Find(key);
        if (known is { } here
            && await reader.ReadNamedAsync(here, consistency, cancellationToken) is { Live: { } found } reading
            && key.IsOf(found.Key))
        {
            return reading;
        }

        if (await hints.LookUpAsync(key, cancellationToken) is { } there
            && there != known
            && await reader.ReadNamedAsync(there, consistency, cancellationToken) is { Live: { } shared } other
            && key.IsOf(shared.Key))
        {
            hints.Remember(key, there);
            return other;
        }

        return await FindByRowAsync(key, consistency, cancellationToken);
    }

    private async ValueTask<SessionReading> FindByRowAsync(SessionKey key, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        for (var retry = new ConflictRetry(timeProvider: null, "The session of the key", Attempts); ; await retry.NextAsync(cancellationToken))
        {
            if (await keys.FindAsync(key, cancellationToken) is not { } row)
            {
                return default;
            }

            var reading = await reader.ReadNamedAsync(row.Session, consistency, cancellationToken);
            if (reading.Live is { } live)
            {
                if (!key.IsOf(live.Key))
                {
                    return default;
                }

                await hints.ShareAsync(key, row.Session, cancellationToken);
                return reading;
            }

            // The session has moved to its user since the row was read; the same write has changed the row.
            if (reading.Ended?.Reason != EndReasons.Upgraded)
            {
                return reading;
            }
        }
    }
}
