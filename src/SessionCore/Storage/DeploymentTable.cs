using Microsoft.Extensions.Logging;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Access to the row of the deployment, with the last read value.</summary>
/// <remarks>
/// The first read of a process adds the keys of its ring before anything is stored under them, so an instance without such a key finds
/// it here. The row is tagged under every key of the writer's ring, so that instances at different steps of a key rotation can verify
/// it.
/// </remarks>
internal sealed partial class DeploymentTable(
    SessionTables tables,
    RowTags tags,
    Outbox outbox,
    KeyRing keys,
    TimeProvider timeProvider,
    SessionMetrics metrics,
    RepeatedEvents repeated,
    ILogger<DeploymentTable> logger)
{
    private const int NotGenuineEvent = 1311;
    private const int SetBackEvent = 1312;

    // 24 bytes each, in a property of at most 64 KiB. Clients are configured, so there are few.
    private const int MaxClients = 2000;

    private const int MaxAttempts = 20;

    private Reading _last = new(DeploymentRow.None, DateTimeOffset.MinValue);
    private bool _isAnnounced;

    /// <summary>Gets the last read row and the time of the read.</summary>
    public (DeploymentRow Row, DateTimeOffset ReadAt) Last
    {
        get
        {
            var last = Volatile.Read(ref _last);
            return (last.Row, last.At);
        }
    }

    /// <summary>Gets a value indicating whether the row lists the keys of this ring.</summary>
    public bool IsAnnounced => Volatile.Read(ref _isAnnounced);

    /// <summary>Reads the row, and adds missing keys of this ring.</summary>
    /// <exception cref="StoreUnavailableException">The row cannot be read, or is not genuine.</exception>
    public async ValueTask<DeploymentRow> ReadAsync(CancellationToken cancellationToken)
    {
        for (var retry = new ConflictRetry(timeProvider: null, "The row of the deployment", MaxAttempts); ; await retry.NextAsync(cancellationToken))
        {
            var readAt = timeProvider.GetUtcNow();
            var (row, found) = await FindAsync(cancellationToken);
            if (found is null && row is not null)
            {
                throw new StoreUnavailableException("The row of the deployment does not verify, so the revoke-before instant is unknown. Set revoke-before to the present to write the row again.");
            }

            // The instants that were seen here stand, whatever has become of the row since.
            var known = found ?? DeploymentRow.None;
            var isSetBack = !known.Revoked.Covers(Last.Row.Revoked);
            if (row is not null && !isSetBack && known.Knows(keys, row, tags))
            {
                return Keep(new Reading(known, readAt));
            }

            var next = (isSetBack ? known with { Revoked = known.Revoked.With(Last.Row.Revoked) } : known).With(keys, readAt);
            if ((await tables.Sessions.WriteAsync(next.ToWrite(tags), cancellationToken)).IsWritten)
            {
                if (isSetBack)
                {
                    metrics.SecurityEvent("deployment-set-back");
                    if (repeated.ShouldLog(SetBackEvent, out var count))
                    {
                        LogSetBack(logger, count);
                    }
                }

                return Keep(new Reading(next, readAt));
            }
        }
    }

    /// <summary>Moves instants forward; an earlier one than it stands at changes nothing.</summary>
    /// <param name="revoked">The instants: that of the deployment, or that of one client.</param>
    /// <param name="client">The client; null for the deployment.</param>
    /// <param name="cancellationToken">Cancels the wait; the instants may stand.</param>
    /// <exception cref="StoreUnavailableException">It is not certain that they stand, or more clients have one than the row holds.</exception>
    public async ValueTask RevokeAsync(RevokedBefore revoked, string? client, CancellationToken cancellationToken)
    {
        EventNotice? notice = null;
        for (var retry = new ConflictRetry(timeProvider: null, "The row of the deployment", MaxAttempts); ; await retry.NextAsync(cancellationToken))
        {
            var readAt = timeProvider.GetUtcNow();
            var (row, found) = await FindAsync(cancellationToken);

            // A row that does not verify is replaced by the last known values, which may be older than its content.
            var known = found ?? Last.Row with { ETag = row?.ETag };
            if (row is not null && found is not null && known.Revoked.Covers(revoked) && known.Knows(keys, row, tags))
            {
                // An earlier call without an answer may have written it, so its event is looked for before this one is answered.
                await outbox.AnnounceAsync(DeploymentRow.PartitionKey, notice, cancellationToken);
                Keep(new Reading(known, readAt));
                return;
            }

            var next = (known with { Revoked = known.Revoked.With(revoked) }).With(keys, readAt);
            if (next.Revoked.Clients.Count > MaxClients)
            {
                throw new StoreUnavailableException("Too many clients have ended all of their keyed sessions. Set revoke-before to the present to clear their instants.");
            }

            notice = await outbox.AnnounceAsync(DeploymentRow.PartitionKey, notice, cancellationToken);
            if ((await WriteAsync(next, EventOf(revoked, client), notice, cancellationToken)).IsWritten)
            {
                Keep(new Reading(next, timeProvider.GetUtcNow()));
                return;
            }
        }
    }

    private EventDraft EventOf(RevokedBefore revoked, string? client) =>
        EventDraft.RevokedBefore(client is null ? revoked.Deployment : revoked.Clients.Values.Single(), client, timeProvider.GetSessionTime());

    private ValueTask<TableWriteResult> WriteAsync(DeploymentRow next, EventDraft draft, EventNotice? notice, CancellationToken cancellationToken) =>
        notice is null
            ? tables.Sessions.WriteAsync(next.ToWrite(tags), cancellationToken)
            : tables.Sessions.WriteAllAsync([next.ToWrite(tags), .. outbox.WritesOf(notice, draft)], cancellationToken);

    private async ValueTask<(TableRow? Row, DeploymentRow? Found)> FindAsync(CancellationToken cancellationToken)
    {
        var row = await tables.Sessions.FindAsync(DeploymentRow.PartitionKey, DeploymentRow.RowKey, cancellationToken);
        if (row is null)
        {
            return (null, null);
        }

        if (DeploymentRow.Read(row) is { } found && found.Check(row, tags) is Opening.Opened)
        {
            return (row, found);
        }

        if (keys.IsDrawn)
        {
            return (row, DeploymentRow.None with { ETag = row.ETag });
        }

        metrics.SecurityEvent("deployment-not-genuine");
        if (repeated.ShouldLog(NotGenuineEvent, out var count))
        {
            LogNotGenuine(logger, count);
        }

        return (row, null);
    }

    // An instant only ever moves forward; a reading that was overtaken does not take one back.
    private DeploymentRow Keep(Reading reading)
    {
        Volatile.Write(ref _isAnnounced, true);
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = reading.Row.Revoked.Covers(last.Row.Revoked) ? reading : last;
            if (ReferenceEquals(next, last) || Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                keys.AddDeployed(reading.Row.KeyIds);
                return next.Row;
            }
        }
    }

    private sealed record Reading(DeploymentRow Row, DateTimeOffset At);

    [LoggerMessage(NotGenuineEvent, LogLevel.Error, "A row of the sessions table does not verify, that of the deployment: something else than this service wrote it, or Keys:Ring was replaced as a whole. Set revoke-before to the present to write it anew; {Count} times since the last such line")]
    private static partial void LogNotGenuine(ILogger logger, long count);

    [LoggerMessage(SetBackEvent, LogLevel.Error, "A row of the sessions table does not verify: something else than this service has deleted the row of the deployment or put an older one in its place. The revoke-before instant stands as it was; {Count} times since the last such line")]
    private static partial void LogSetBack(ILogger logger, long count);
}
