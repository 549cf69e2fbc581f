using System.Globalization;

namespace SessionCore.Maintenance;

/// <summary>A range of users by the first byte of their partition: a unit of work that is independent of every other.</summary>
/// <param name="Index">Which of them, from 0.</param>
/// <param name="Count">How many there are; 1 to 256.</param>
internal readonly record struct ShardRange(int Index, int Count)
{
    public const int Shards = 256;

    // After every key of a user and before those of control rows.
    private const string AfterUsers = "~";

    /// <summary>Gets the first shard.</summary>
    public int First => Index * Shards / Count;

    /// <summary>Gets the first shard that belongs to it no more.</summary>
    public int End => (Index + 1) * Shards / Count;

    /// <summary>Gets where its users begin in the sessions table; null for the beginning. All ranges together leave no key out.</summary>
    public string? UsersFrom => Index == 0 ? null : NameOf(First);

    /// <summary>Gets where its users end.</summary>
    public string UsersTo => UsersBefore(End);

    /// <summary>Where the users of a shard begin, as the end of those before.</summary>
    public static string UsersBefore(int shard) => shard >= Shards ? AfterUsers : NameOf(shard);

    /// <summary>A shard as it stands in keys: two lower-case hex digits.</summary>
    public static string NameOf(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);
}
