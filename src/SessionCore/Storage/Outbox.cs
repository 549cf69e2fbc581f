using System.Globalization;
using Microsoft.Extensions.Options;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Outbox: each change of sessions writes its events in its own transaction, so neither exists without the other.</summary>
/// <remarks>
/// A change is announced before it is written: delivery finds the events of a partition by the notice. Where events are off nothing is
/// announced, and nothing is written.
/// </remarks>
internal sealed class Outbox(SessionTables tables, RowTags tags, TimeProvider timeProvider, IOptions<EventOptions> options)
{
    /// <summary>The longest time between a notice and the writes that follow; a later attempt is announced again.</summary>
    internal static readonly TimeSpan NoticeTime = TimeSpan.FromSeconds(30);

    private readonly ITable _due = tables.Due;

    /// <summary>Gets a value indicating whether changes write events.</summary>
    public bool IsOn => options.Value.Enabled;

    /// <summary>Begins to announce a change of a partition, beside what is read and made ready for it.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="known">The announcement of an earlier attempt; null for none.</param>
    /// <param name="cancellationToken">Cancels the announcement.</param>
    /// <returns>The announcement to write the events under, once it is written; null where events are off.</returns>
    public Announcement? Begin(string partitionKey, Announcement? known, CancellationToken cancellationToken)
    {
        if (!IsOn || IsFresh(known?.Notice))
        {
            return known;
        }

        var notice = new EventNotice(partitionKey, OperationId.New(), timeProvider.GetSessionTime());
        return new Announcement(notice, InsertAsync(notice, cancellationToken));
    }

    /// <summary>Announces a change of a partition.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="known">The notice of an earlier attempt; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The notice to write the events under; null where events are off.</returns>
    /// <exception cref="StoreUnavailableException">It is not certain that the notice exists, so the change must not be made.</exception>
    public async ValueTask<EventNotice?> AnnounceAsync(string partitionKey, EventNotice? known, CancellationToken cancellationToken)
    {
        if (IsFresh(known) || Begin(partitionKey, known: null, cancellationToken) is not { } announcement)
        {
            return known;
        }

        await announcement.Written;
        return announcement.Notice;
    }

    /// <summary>Returns the writes of a change's events, for its own transaction.</summary>
    public IReadOnlyList<TableWrite> WritesOf(EventNotice notice, params IReadOnlyList<EventDraft> drafts)
    {
        var writes = new TableWrite[drafts.Count];
        for (var i = 0; i < drafts.Count; i++)
        {
            var id = i == 0 ? notice.Id : string.Create(CultureInfo.InvariantCulture, $"{notice.Id}-{i}");
            writes[i] = EventRow.Of(drafts[i], notice.PartitionKey, id).ToWrite(tags);
        }

        return writes;
    }

    private bool IsFresh(EventNotice? known) => known is not null && timeProvider.GetUtcNow() - known.At < NoticeTime;

    private async Task InsertAsync(EventNotice notice, CancellationToken cancellationToken)
    {
        var result = await _due.WriteAsync(TableWrite.Insert(notice.ToRow()), cancellationToken);

        // Its id was drawn for it, so one that exists is from a try whose answer was lost.
        if (result.Outcome is not (TableOutcome.Written or TableOutcome.AlreadyExists))
        {
            throw new StoreUnavailableException($"The due table answered an insert with {result.Outcome}. Try again.");
        }
    }
}
