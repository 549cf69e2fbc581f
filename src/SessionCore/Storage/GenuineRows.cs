using Microsoft.Extensions.Logging;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Reader of rows that verifies their tags: rows that another writer changed are not trusted.</summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> for a row under a key of the deployment that this instance lacks.</remarks>
internal sealed partial class GenuineRows(
    RowTags tags, DeploymentKeys keys, SessionMetrics metrics, RepeatedEvents repeated, ILogger<GenuineRows> logger)
{
    private const int NotGenuineEvent = 1321;
    private const int UnreadableEvent = 1322;

    /// <summary>Reads a session's row.</summary>
    /// <returns>Null when it is not genuine, which is a security event.</returns>
    public ValueTask<Session?> ReadSessionAsync(TableRow row, CancellationToken cancellationToken)
    {
        if (SessionRow.Read(row) is not { } session)
        {
            ReportUnreadable();
            return default;
        }

        var opening = SessionRow.Check(row, session, tags, out var unknownKey);
        return opening is Opening.Opened ? ValueTask.FromResult<Session?>(session) : RefuseAsync<Session>(opening, unknownKey, cancellationToken);
    }

    /// <summary>Reads a head's row.</summary>
    /// <returns>Null when it is not genuine, which is a security event.</returns>
    public ValueTask<UserHead?> ReadHeadAsync(UInt128 partition, TableRow row, CancellationToken cancellationToken) =>
        VerifyAsync(row, UserHead.Read(partition, row), cancellationToken);

    /// <summary>Reads the row of a key.</summary>
    /// <returns>Null when it is not genuine, which is a security event.</returns>
    public ValueTask<KeyRow?> ReadKeyAsync(TableRow row, CancellationToken cancellationToken) =>
        VerifyAsync(row, KeyRow.Read(row), cancellationToken);

    /// <summary>Reads the row of an event.</summary>
    /// <returns>Null when it is not genuine, which is a security event.</returns>
    public ValueTask<EventRow?> ReadEventAsync(TableRow row, CancellationToken cancellationToken) =>
        VerifyAsync(row, EventRow.Read(row), cancellationToken);

    /// <summary>Reads the head of a lane's event log.</summary>
    /// <returns>Null when it is not genuine, which is a security event.</returns>
    public ValueTask<EventLogHead?> ReadLogHeadAsync(int lane, TableRow row, CancellationToken cancellationToken) =>
        VerifyAsync(row, EventLogHead.Read(lane, row), cancellationToken);

    /// <summary>Reads a row of a lane's event log.</summary>
    /// <returns>Null when it is not genuine, which is a security event.</returns>
    public ValueTask<EventLogRow?> ReadLogAsync(int lane, TableRow row, CancellationToken cancellationToken) =>
        VerifyAsync(row, EventLogRow.Read(lane, row), cancellationToken);

    /// <summary>Reads a link of an audit chain.</summary>
    /// <returns>Null when it is not genuine, which is a security event.</returns>
    public ValueTask<AuditRow?> ReadAuditAsync(TableRow row, CancellationToken cancellationToken) =>
        VerifyAsync(row, AuditRow.Read(row), cancellationToken);

    /// <summary>Reads the head of an audit chain.</summary>
    /// <returns>Null when it is not genuine, which is a security event.</returns>
    public ValueTask<AuditHead?> ReadAuditHeadAsync(TableRow row, CancellationToken cancellationToken) =>
        VerifyAsync(row, AuditHead.Read(row), cancellationToken);

    /// <summary>Reads a row that may be a session's, a key's or an idempotency record.</summary>
    public async ValueTask<ExaminedRow> ExamineAsync(TableRow row, CancellationToken cancellationToken)
    {
        if (KeyRow.Is(row))
        {
            return new ExaminedRow(row, Key: await ReadKeyAsync(row, cancellationToken));
        }

        if (IdempotencyClaims.ExpiryOf(row) is not { } expiry)
        {
            return new ExaminedRow(row, await ReadSessionAsync(row, cancellationToken));
        }

        return await IsRecordAsync(row, cancellationToken) ? new ExaminedRow(row, RecordExpiresAt: expiry) : new ExaminedRow(row);
    }

    /// <summary>Whether an idempotency record is genuine; otherwise reports a security event.</summary>
    public async ValueTask<bool> IsRecordAsync(TableRow row, CancellationToken cancellationToken)
    {
        var opening = IdempotencyClaims.Check(row, tags, out var unknownKey);
        if (opening is not Opening.Opened)
        {
            await RefuseAsync<object>(opening, unknownKey, cancellationToken);
        }

        return opening is Opening.Opened;
    }

    private ValueTask<T?> VerifyAsync<T>(TableRow row, T? read, CancellationToken cancellationToken)
        where T : class, ITaggedRow
    {
        if (read is null)
        {
            ReportUnreadable();
            return default;
        }

        var opening = tags.Check(read.ToFacts(), row.GetBinary(RowTags.Name), out var unknownKey);
        return opening is Opening.Opened ? ValueTask.FromResult<T?>(read) : RefuseAsync<T>(opening, unknownKey, cancellationToken);
    }

    private async ValueTask<T?> RefuseAsync<T>(Opening opening, uint unknownKey, CancellationToken cancellationToken)
        where T : class
    {
        if (opening is Opening.KeyUnknown && await keys.IsDeployedAsync(unknownKey, cancellationToken))
        {
            throw new StoreUnavailableException("The row is protected by a newer key that this instance does not have. Add the key to Keys:Ring of every instance.");
        }

        metrics.SecurityEvent("row-not-genuine");
        if (repeated.ShouldLog(NotGenuineEvent, out var count))
        {
            LogNotGenuine(logger, count);
        }

        return null;
    }

    private void ReportUnreadable()
    {
        metrics.SecurityEvent("row-unreadable");
        if (repeated.ShouldLog(UnreadableEvent, out var count))
        {
            LogUnreadable(logger, count);
        }
    }

    [LoggerMessage(NotGenuineEvent, LogLevel.Error, "A row of the sessions table does not verify: it was written by something else than this service, or its key is gone from Keys:Ring; {Count} times since the last such line")]
    private static partial void LogNotGenuine(ILogger logger, long count);

    [LoggerMessage(UnreadableEvent, LogLevel.Error, "A row of the sessions table lacks what it must have; maintenance quarantines it; {Count} times since the last such line")]
    private static partial void LogUnreadable(ILogger logger, long count);
}

/// <summary>Content of a row as read, which the row's tag covers.</summary>
internal interface ITaggedRow
{
    /// <summary>Returns what the tag is made of.</summary>
    RowFacts ToFacts();
}

/// <summary>Verified row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Session">The session, for a genuine row of a session.</param>
/// <param name="RecordExpiresAt">When it expires, if it is a genuine idempotency record.</param>
/// <param name="Key">The key, if it is a genuine row of one.</param>
internal sealed record ExaminedRow(TableRow Row, Session? Session = null, DateTimeOffset? RecordExpiresAt = null, KeyRow? Key = null)
{
    /// <summary>Gets a value indicating whether it is genuine.</summary>
    public bool IsGenuine => Session is not null || RecordExpiresAt is not null || Key is not null;

    /// <summary>Gets the row of the session that a key names; null when it is gone, or was not read.</summary>
    public ExaminedRow? Named { get; init; }
}
