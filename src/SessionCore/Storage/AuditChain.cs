using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Appends to the chain of a partition. A chain has one end, which each append replaces under its entity tag.</summary>
internal sealed partial class AuditChain(
    SessionTables tables,
    GenuineRows genuine,
    RowTags tags,
    DeploymentKeys deployment,
    DueTable due,
    SessionMetrics metrics,
    TimeProvider timeProvider,
    IOptions<AuditOptions> options,
    ILogger<AuditChain> logger)
{
    /// <summary>The partition of the operators' chain. It sorts after the users' partitions, which are hex, so the rebuild does not touch it.</summary>
    public const string OfOperators = "~operations";

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Gets a value indicating whether events stay.</summary>
    public bool IsOn => options.Value.Enabled;

    /// <summary>Gets how long a link stays.</summary>
    public TimeSpan Retention => options.Value.Retention;

    /// <summary>Appends an event to the chain of its partition.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="told">The event.</param>
    /// <param name="with">Another write of the partition, applied with the append or not at all; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when the row of the other write has changed, so nothing was appended.</returns>
    /// <exception cref="StoreUnavailableException">The append may have been applied.</exception>
    public async ValueTask<bool> AppendAsync(string partitionKey, SessionEvent told, TableWrite? with, CancellationToken cancellationToken)
    {
        await deployment.AnnounceAsync(cancellationToken);
        for (var retry = new ConflictRetry(timeProvider, "The chain of the audit"); ; await retry.NextAsync(cancellationToken))
        {
            var (head, link) = await NextAsync(partitionKey, told, cancellationToken);
            List<TableWrite> writes = [link.Insertion(), head.ToWrite(tags)];
            if (with is not null)
            {
                writes.Insert(0, with);
            }

            var result = await _sessions.WriteAllAsync(writes, cancellationToken);
            if (result.IsWritten)
            {
                return true;
            }

            if (with is not null && result.FailedIndex == 0)
            {
                return false;
            }

            // The conflict may be with an earlier try of this write.
            if (result.Uncertain && await FindAsync(partitionKey, link.Number, cancellationToken) is { } written && written.Tag.AsSpan().SequenceEqual(link.Tag))
            {
                return true;
            }
        }
    }

    /// <summary>Reads the head of a partition's chain.</summary>
    /// <returns>The row, and what it says: null when it does not exist or is not genuine.</returns>
    public async ValueTask<(TableRow? Row, AuditHead? Head)> FindHeadAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var row = await _sessions.FindAsync(partitionKey, AuditHead.RowKeyOf(partitionKey), cancellationToken);
        return (row, row is null ? null : await genuine.ReadAuditHeadAsync(row, cancellationToken));
    }

    private async ValueTask<AuditRow?> FindAsync(string partitionKey, long number, CancellationToken cancellationToken) =>
        await _sessions.FindAsync(partitionKey, AuditRow.RowKeyOf(number), cancellationToken) is { } row ? await genuine.ReadAuditAsync(row, cancellationToken) : null;

    // The head and the link after an append.
    private async ValueTask<(AuditHead Head, AuditRow Link)> NextAsync(string partitionKey, SessionEvent told, CancellationToken cancellationToken)
    {
        var (row, head) = await FindHeadAsync(partitionKey, cancellationToken);
        if (head is not null)
        {
            var next = new AuditRow { PartitionKey = partitionKey, Number = head.Count + 1, Event = told, Before = head.Last }.Tagged(tags);
            return (head.With(next), next);
        }

        // Without a genuine head the chain begins anew after the newest link that exists, and its verification tells of the loss.
        var newest = await FindNewestAsync(partitionKey, cancellationToken);
        if (row is not null || newest > 0)
        {
            metrics.SecurityEvent("audit-head-lost");
            LogHeadLost(logger);
        }

        if (SessionLocator.TryParseHex(partitionKey, out _))
        {
            await due.AddAsync(partitionKey, AuditHead.RowKeyOf(partitionKey), told.At + Retention, cancellationToken);
        }

        var first = new AuditRow { PartitionKey = partitionKey, Number = newest + 1, Event = told }.Tagged(tags);
        var begun = new AuditHead
        {
            PartitionKey = partitionKey,
            Count = first.Number,
            Last = first.Tag,
            First = first.Number,
            FirstAt = told.At,
            ETag = row?.ETag,
        };
        return (begun, first);
    }

    private async ValueTask<long> FindNewestAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionKey = partitionKey, RowFrom = AuditRow.FirstKey, RowTo = AuditRow.AfterAll, PageSize = 1 };
        while (true)
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            if (page.Rows.Count > 0)
            {
                return AuditRow.NumberOf(page.Rows[0].RowKey);
            }

            if (page.Continuation is null)
            {
                return 0;
            }

            query = query with { Continuation = page.Continuation };
        }
    }

    [LoggerMessage(1920, LogLevel.Error, "The head of an audit chain is gone or does not verify: something else than this service has written it, or its key is gone from Keys:Ring. The chain continues; verify-audit tells where it is broken")]
    private static partial void LogHeadLost(ILogger logger);
}
