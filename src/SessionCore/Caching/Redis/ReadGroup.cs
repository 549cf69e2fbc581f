using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Reads that one thread begins one after the other. They are sent when it has begun all, and continue one after the other too.</summary>
/// <remarks>Reads of other threads are sent meanwhile as ever.</remarks>
internal sealed class ReadGroup : IDisposable
{
    [ThreadStatic]
    private static ReadGroup? _current;

    private readonly GatheredReads _owner;
    private readonly ReadGroup? _outer;
    private readonly List<GatheredRead> _reads = new(GatheredReads.MostKeys);
    private IDatabase? _database;

    private ReadGroup(GatheredReads owner, ReadGroup? outer)
    {
        _owner = owner;
        _outer = outer;
    }

    /// <summary>Takes the reads that this thread begins until the group is disposed of.</summary>
    public static ReadGroup Begin(GatheredReads owner) => _current = new ReadGroup(owner, _current);

    /// <summary>Takes a read, if this thread has begun a group.</summary>
    public static bool TryTake(GatheredReads owner, IDatabase database, GatheredRead read)
    {
        if (_current is not { } group || group._owner != owner)
        {
            return false;
        }

        group._database = database;
        group._reads.Add(read);
        read.Group = group;
        return true;
    }

    /// <summary>Sends the reads. On the thread that made the group.</summary>
    public void Dispose() => End(this);

    private static void End(ReadGroup group)
    {
        if (_current != group)
        {
            return; // disposed of before
        }

        _current = group._outer;
        if (group._database is { } database)
        {
            group._owner.Send(database, group._reads);
        }
    }
}
