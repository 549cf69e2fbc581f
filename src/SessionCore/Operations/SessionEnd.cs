using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>End of one session.</summary>
/// <param name="Reason">Why it ends.</param>
internal sealed record SessionEnd(string Reason)
{
    /// <summary>Gets the id of the write.</summary>
    public string Operation { get; init; } = OperationId.New();

    /// <summary>Gets another write of the same partition, applied with the end or not at all; null for none.</summary>
    public TableWrite? With { get; init; }

    /// <summary>Gets the session of the user that takes its place; null for none.</summary>
    public SessionLocator? AssignedTo { get; init; }

    /// <summary>Gets the announcement of its event, where the caller has begun it.</summary>
    public Announcement? Announcement { get; init; }

    /// <summary>Returns its event.</summary>
    public EventDraft EventOf(Session ended) => AssignedTo is { } to
        ? EventDraft.Assigned(ended, to)
        : EventDraft.Ended(ended, ended.EndedAt!.Value); // ended just now, so it has a time
}
