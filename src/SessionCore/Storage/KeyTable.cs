using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Reads and writes the rows of keys.</summary>
internal sealed class KeyTable(SessionTables tables, SessionTable sessions, GenuineRows rows, RowTags tags)
{
    /// <summary>Reads the row of a key.</summary>
    /// <exception cref="StoreUnavailableException">The table cannot tell, or the row is not genuine.</exception>
    public async ValueTask<KeyRow?> FindAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var row = await tables.Sessions.FindAsync(SessionLocator.Hex(key.Partition), KeyRow.RowKeyOf(key.Id), cancellationToken);
        return row is null
            ? null
            : await rows.ReadKeyAsync(row, cancellationToken)
                ?? throw new StoreUnavailableException("The row of the key does not verify, so the session that it names is unknown.");
    }

    /// <summary>The write that puts a row in the place of the one that was read.</summary>
    public TableWrite Naming(KeyRow row) => row.ToWrite(tags);

    /// <summary>Writes a row alone, to name a session that is not there yet.</summary>
    /// <returns>The row with its entity tag; null when another write was faster.</returns>
    /// <exception cref="StoreUnavailableException">Not known: the row may have been written, or may still be.</exception>
    public async ValueTask<KeyRow?> TryReserveAsync(SessionKey key, KeyRow row, CancellationToken cancellationToken)
    {
        TableWriteResult result;
        try
        {
            result = await sessions.WriteAsync([Naming(row)], cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            if (await FindOwnAsync(key, row, cancellationToken) is { } late)
            {
                return late;
            }

            throw;
        }

        if (result.IsWritten)
        {
            return row with { ETag = result.ETag };
        }

        return result.Uncertain ? await FindOwnAsync(key, row, cancellationToken) : null;
    }

    /// <summary>Removes a row as it was read; one that has changed stays.</summary>
    public async ValueTask RemoveAsync(KeyRow row, CancellationToken cancellationToken) =>
        _ = await sessions.WriteAsync([TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!)], cancellationToken); // as read or written, so it has a tag

    // Each write names a session of an id of its own, so that tells whose write it was.
    private async ValueTask<KeyRow?> FindOwnAsync(SessionKey key, KeyRow row, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken) is { } found && found.Session == row.Session ? found : null;
}
