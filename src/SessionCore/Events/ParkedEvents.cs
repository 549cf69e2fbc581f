using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Events that a target has not acknowledged in time. They stay until an operator replays them.</summary>
internal sealed class ParkedEvents(SessionTables tables, GenuineRows genuine, RowTags tags, Outbox outbox)
{
    private const string Bucket = "event-parked";
    private const char Separator = '.';
    private const int PageRows = 100;

    /// <summary>Parks an event: it is delivered no more, and no later one waits for it.</summary>
    /// <returns>Whether it was parked by this call.</returns>
    public async ValueTask<bool> AddAsync(EventRow row, CancellationToken cancellationToken)
    {
        // Like a notice, the entry comes first: an event is never parked where nobody finds it.
        var entry = new TableRow(Bucket, string.Concat(row.PartitionKey, Separator.ToString(), row.ParkedRowKey));
        _ = await tables.Due.WriteAsync(TableWrite.Insert(entry), cancellationToken);
        return (await tables.Sessions.WriteAllAsync([row.Removal(), row.Parked().ToWrite(tags)], cancellationToken)).IsWritten;
    }

    /// <summary>Returns how many events are parked, at most a page.</summary>
    public async ValueTask<int> CountAsync(CancellationToken cancellationToken) =>
        (await tables.Due.QueryAsync(new TableQuery { PartitionKey = Bucket, PageSize = TableRules.MaxPageRows }, cancellationToken)).Rows.Count;

    /// <summary>Gives parked events back to delivery, as if they had not been tried.</summary>
    /// <returns>The number of events.</returns>
    /// <exception cref="StoreUnavailableException">Some may have been given back.</exception>
    public async ValueTask<int> ReplayAsync(CancellationToken cancellationToken)
    {
        var replayed = 0;
        var query = new TableQuery { PartitionKey = Bucket, PageSize = PageRows };
        do
        {
            var page = await tables.Due.QueryAsync(query, cancellationToken);
            foreach (var entry in page.Rows)
            {
                replayed += await ReplayAsync(entry, cancellationToken) ? 1 : 0;
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return replayed;
    }

    private async ValueTask<bool> ReplayAsync(TableRow entry, CancellationToken cancellationToken)
    {
        var isReplayed = false;
        var separator = entry.RowKey.IndexOf(Separator, StringComparison.Ordinal);
        var (partitionKey, rowKey) = (entry.RowKey[..separator], entry.RowKey[(separator + 1)..]);
        if (await tables.Sessions.FindAsync(partitionKey, rowKey, cancellationToken) is { } row
            && await genuine.ReadEventAsync(row, cancellationToken) is { } parked)
        {
            await outbox.AnnounceAsync(partitionKey, known: null, cancellationToken);
            isReplayed = (await tables.Sessions.WriteAllAsync([parked.Removal(), parked.Replayed().ToWrite(tags)], cancellationToken)).IsWritten;
            if (!isReplayed)
            {
                return false;
            }
        }

        _ = await tables.Due.WriteAsync(TableWrite.Delete(entry.PartitionKey, entry.RowKey, entry.ETag!), cancellationToken); // as read
        return isReplayed;
    }
}
