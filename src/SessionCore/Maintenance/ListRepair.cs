using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Maintenance;

/// <summary>Drops a user's list in Redis when it is not what the table says; the next count fills it anew.</summary>
internal sealed class ListRepair(UserSessionsCache lists, UserRowsReader userRows, TimeProvider timeProvider)
{
    /// <summary>Compares the list with the sessions just read.</summary>
    /// <returns>Whether it was wrong and is gone.</returns>
    public async ValueTask<bool> RepairAsync(UInt128 partition, IReadOnlyCollection<Session> sessions, CancellationToken cancellationToken)
    {
        var entry = await lists.LookUpAsync(partition, cancellationToken);
        if (!entry.IsPoisoned)
        {
            if (entry.Ids is null || IsRight(entry.Ids, sessions))
            {
                return false;
            }

            // A session may have begun or ended since the rows were read: both are looked at again, the list last.
            var rows = await userRows.ReadLiveAsync(partition, withContent: false, cancellationToken);
            entry = await lists.LookUpAsync(partition, cancellationToken);
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
            .Where(session => session.EndAt(now, DateTimeOffset.MinValue) is null)
            .Select(session => new SessionId(session.Locator))
            .ToHashSet();
        return live.SetEquals(ids);
    }
}
