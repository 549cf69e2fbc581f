using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>The instant before which every session counts as ended (revoke-before): one row, known to each instance.</summary>
/// <remarks>
/// It is read again before a row is believed, at most every <see cref="Refresh"/>, so a cache entry is filled under an epoch no older than
/// that, and lives no longer than its age: after the sum of both no instance accepts an older session.
/// </remarks>
internal sealed class RevocationEpoch(SessionTables tables, TimeProvider timeProvider)
{
    /// <summary>The age at which what is known is read again.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);

    // After every key of a user, which is hex.
    private const string PartitionKey = "~control";
    private const string RowKey = "revoke-before";
    private const string InstantName = "instant";

    private Reading _last = new(DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    /// <summary>Gets the instant as last read.</summary>
    public DateTimeOffset Known => Volatile.Read(ref _last).Instant;

    /// <summary>The instant, read again if what is known is too old or must be certain.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public ValueTask<DateTimeOffset> GetAsync(bool certain, CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        return !certain && timeProvider.GetUtcNow() - last.ReadAt < Refresh
            ? ValueTask.FromResult(last.Instant)
            : ReadAsync(cancellationToken);
    }

    /// <summary>Moves the instant forward; an earlier one than it stands at changes nothing.</summary>
    public async ValueTask SetAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        for (var retry = new ConflictRetry(timeProvider: null, "The revoke-before instant", maxAttempts: 20); ; await retry.NextAsync(cancellationToken))
        {
            var row = await tables.Sessions.FindAsync(PartitionKey, RowKey, cancellationToken);
            if (row?.GetTime(InstantName) >= instant)
            {
                return;
            }

            var next = new TableRow(PartitionKey, RowKey).Set(InstantName, instant);
            var write = row?.ETag is { } etag ? TableWrite.Replace(next, etag) : TableWrite.Insert(next);
            if ((await tables.Sessions.WriteAsync(write, cancellationToken)).IsWritten)
            {
                Keep(new Reading(instant, timeProvider.GetUtcNow()));
                return;
            }
        }
    }

    private async ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = timeProvider.GetUtcNow();
        var row = await tables.Sessions.FindAsync(PartitionKey, RowKey, cancellationToken);
        return Keep(new Reading(row?.GetTime(InstantName) ?? DateTimeOffset.MinValue, readAt));
    }

    // It only ever moves forward; a reading that was overtaken does not take it back.
    private DateTimeOffset Keep(Reading reading)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = reading.Instant >= last.Instant ? reading : last;
            if (ReferenceEquals(next, last) || Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next.Instant;
            }
        }
    }

    private sealed record Reading(DateTimeOffset Instant, DateTimeOffset ReadAt);
}
