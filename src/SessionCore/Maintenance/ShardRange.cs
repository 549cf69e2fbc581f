using System.Globalization;

namespace SessionCore.Maintenance;

/// <summary>Range of users by the first byte of their partition: an independent unit of work.</summary>
/// <param name="Index">The index of the range, from 0.</param>
/// <param name="Count">The number of ranges; 1 to 256.</param>
internal readonly record struct ShardRange(int Index, int Count)
{
    public const int Shards = 256;

    // Sorts after the users' partitions and before those of control rows.
    private const string AfterUsers = "~";

    /// <summary>Gets the first shard.</summary>
    public int First => Index * Shards / Count;

    /// <summary>Gets the end of the range, exclusive.</summary>
    public int End => (Index + 1) * Shards / Count;

    /// <summary>
    /// Gets the lower bound of its users in the sessions table; null for the beginning, so that the ranges together cover every key.
    /// </summary>
    public string? UsersFrom => Index == 0 ? null : NameOf(First);

    /// <summary>Gets the exclusive upper bound of its users.</summary>
    public string UsersTo => UsersBefore(End);

    /// <summary>Returns the lower bound of a shard's users, which is the exclusive upper bound of the previous shard's.</summary>
    public static string UsersBefore(int shard) => shard >= Shards ? AfterUsers : NameOf(shard);

    /// <summary>Returns a shard as in keys: two lower-case hex digits.</summary>
    public static string NameOf(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);
}
