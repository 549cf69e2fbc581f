using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Maintenance;

/// <summary>Removes a user's list in Redis when it disagrees with the table; the next count fills it again.</summary>
internal sealed class ListRepair(UserSessionsCache lists, UserRowsReader userRows, TimeProvider timeProvider)
{
    /// <summary>Compares the list with the sessions just read.</summary>
    /// <returns>Whether the list was wrong and has been removed.</returns>
    public async ValueTask<bool> RepairAsync(UInt128 partition, IReadOnlyCollection<Session> sessions, CancellationToken cancellationToken)
    {
        var entry = await lists.LookUpAsync(partition, ReadConsistency.Cached, cancellationToken);
        if (!entry.IsPoisoned)
        {
            if (entry.Ids is null || IsRight(entry.Ids, sessions))
            {
                return false;
            }

            // A session may have started or ended since the rows were read, so both are read again, the list last.
            var rows = await userRows.ReadLiveAsync(partition, withContent: false, cancellationToken);
            entry = await lists.LookUpAsync(partition, ReadConsistency.Cached, cancellationToken);
            if (entry.Ids is null || IsRight(entry.Ids, rows.Sessions))
            {
                return false;
            }
        }

        return await lists.DropAsync(partition, cancellationToken);
    }

    private bool IsRight(IReadOnlyList<SessionId> ids, IReadOnlyCollection<Session> sessions)
    {
        var now = timeProvider.GetUtcNow();
        var live = sessions
            .Where(session => session.EndAt(now, RevokedBefore.None) is null)
            .Select(session => new SessionId(session.Locator))
            .ToHashSet();
        return live.SetEquals(ids);
    }
}
