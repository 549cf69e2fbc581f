using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using SessionCore.Tests.Storage;
using Support.Tables;

namespace SessionCore.Tests.Maintenance;

/// <summary>Puts rows into the tables as the service would have, many at once and without it.</summary>
internal sealed class StorePlanter(InMemoryTable sessions, InMemoryTable due, RowTags tags)
{
    private static readonly RowTags Strange = TagsOf.Ring(KeyRing.Random());

    private readonly List<TableRow> _rows = [];
    private readonly List<TableRow> _entries = [];
    private readonly Dictionary<UInt128, UserHead> _heads = [];

    /// <summary>Adds a session that ends at an instant. Nothing is in the tables before <see cref="Commit"/>.</summary>
    public Session Session(string userId, DateTimeOffset idleEnd, DateTimeOffset? endedAt = null, DateTimeOffset? dueAt = null)
    {
        var session = Make(userId, idleEnd, endedAt);
        _rows.Add(endedAt is null ? SessionRow.ToRow(session, tags) : Ended(session, tags));
        _entries.Add(DueTable.Entry(session.Locator.PartitionKey, session.Locator.RowKey, dueAt ?? idleEnd));
        if (endedAt is null)
        {
            var partition = session.Locator.Partition;
            _heads[partition] = (_heads.GetValueOrDefault(partition) ?? UserHead.None(partition, userId)).With(session.Locator.Id);
        }

        return session;
    }

    /// <summary>A head that names sessions which do not exist, and that no key of the deployment vouches for.</summary>
    public static TableRow WrongHead(UInt128 partition, string? userId, int count) =>
        UserHead.None(partition, userId).Naming([.. Enumerable.Range(0, count).Select(_ => SessionLocator.NewId())]).ToRow(Strange);

    /// <summary>Puts a genuine head in the place of a user's.</summary>
    public void Head(string userId, IReadOnlyList<UInt128> named)
    {
        var head = UserHead.None(SessionLocator.PartitionOf(userId), userId).Naming(named).ToRow(tags);
        sessions.Restore([.. sessions.Snapshot().Where(row => row.RowKey != head.RowKey), head]);
    }

    /// <summary>Writes what was added.</summary>
    public void Commit()
    {
        var (rows, entries) = Take();
        sessions.Restore([.. sessions.Snapshot(), .. rows]);
        due.Restore([.. due.Snapshot(), .. entries]);
    }

    /// <summary>Gives what was added, to be written elsewhere.</summary>
    public (IReadOnlyList<TableRow> Sessions, IReadOnlyList<TableRow> Due) Take()
    {
        var heads = _heads.Values.Select(head => head.ToRow(tags));
        (IReadOnlyList<TableRow>, IReadOnlyList<TableRow>) taken = ([.. _rows, .. heads], [.. _entries]);
        _rows.Clear();
        _entries.Clear();
        _heads.Clear();
        return taken;
    }

    private static Session Make(string userId, DateTimeOffset idleEnd, DateTimeOffset? endedAt) => new()
    {
        Locator = new SessionLocator(SessionLocator.PartitionOf(userId), SessionLocator.NewId()),
        UserId = userId,
        EndReason = endedAt is null ? null : EndReasons.Revoked,
        EndedAt = endedAt,
        CreatedAt = idleEnd.AddDays(-2),
        AuthenticatedAt = idleEnd.AddDays(-2),
        LastSeenAt = idleEnd.AddHours(-1),
        IdleTimeout = TimeSpan.FromHours(1),
        IdleExpiresAt = idleEnd,
        AbsoluteExpiresAt = idleEnd.AddHours(23),
        AssuranceLevel = AssuranceLevel.Aal2,
        Version = 1,
        DataVersion = 1,
        Secret = new SessionSecret(Digest.Of("secret"u8.ToArray())),
        Operation = "0",
        SealedBody = [1, 2, 3],
    };

    /// <summary>The row of an ended session.</summary>
    public static TableRow Ended(Session session, RowTags tags)
    {
        var change = SessionRow.ToEnd(session, tags);
        var row = SessionRow.ToRow(session, tags);
        var ended = new TableRow(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in change.Properties.Concat(row.Properties).DistinctBy(property => property.Key))
        {
            ended.Set(name, value);
        }

        return ended;
    }
}
