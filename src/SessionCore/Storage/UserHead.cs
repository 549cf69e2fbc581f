using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>The head row of a user: its entity tag serialises what changes the number of the user's live rows. Without live rows there is none.</summary>
/// <param name="Partition">The user's partition.</param>
/// <param name="UserId">Whose it is; null for an anonymous session's.</param>
/// <param name="LiveCount">The number of session rows in the partition whose state is live, lapsed or not: exactly.</param>
/// <param name="ETag">The entity tag as read; null for a head that is still to be inserted.</param>
internal sealed record UserHead(UInt128 Partition, string? UserId, int LiveCount, string? ETag)
{
    /// <summary>The properties that <see cref="Read"/> needs.</summary>
    public static readonly IReadOnlyList<string> Outline = [CountName, UserName, SessionRow.State];

    private const string CountName = "count";
    private const string UserName = "user";

    public static string RowKeyOf(UInt128 partition) => string.Concat("u_", SessionLocator.Hex(partition));

    /// <summary>The write that makes the number <paramref name="liveCount"/>; 0 removes the head, so that no user leaves one behind.</summary>
    public TableWrite SetCount(int liveCount)
    {
        if (liveCount == 0 && ETag is not null)
        {
            return TableWrite.Delete(SessionLocator.Hex(Partition), RowKeyOf(Partition), ETag);
        }

        return ETag is null
            ? TableWrite.Insert(ToRow(Partition, UserId, liveCount))
            : TableWrite.Merge(new TableRow(SessionLocator.Hex(Partition), RowKeyOf(Partition)).Set(CountName, liveCount), ETag);
    }

    /// <summary>All of a head.</summary>
    public static TableRow ToRow(UInt128 partition, string? userId, int liveCount) =>
        new TableRow(SessionLocator.Hex(partition), RowKeyOf(partition))
            .Set(CountName, liveCount)
            .Set(UserName, userId)
            .Set(SessionRow.State, SessionRow.Live);

    /// <summary>Reads a head row. Its state is always live, so that one query for live rows finds it with them.</summary>
    public static UserHead? Read(UInt128 partition, TableRow row) =>
        row.RowKey == RowKeyOf(partition) && row.GetInt64(CountName) is >= 0 and var count
            ? new UserHead(partition, row.GetString(UserName), (int)count, row.ETag)
            : null;
}
