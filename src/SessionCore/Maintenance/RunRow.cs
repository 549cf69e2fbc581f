using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>The row of a job: its latest run, and what the last finished one came to.</summary>
internal sealed record RunRow
{
    public required string Job { get; init; }

    /// <summary>Gets the run's number: the period in which each range is done once.</summary>
    public required long Id { get; init; }

    /// <summary>Gets how many ranges the run is divided in, whatever the options of whoever joins it say.</summary>
    public required int Ranges { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public bool IsFinished { get; init; }

    /// <summary>Gets when the last finished run began and ended; null when none has.</summary>
    public DateTimeOffset? LastStartedAt { get; init; }

    public DateTimeOffset? LastFinishedAt { get; init; }

    public MaintenanceTally LastTally { get; init; } = new();

    public string? ETag { get; init; }

    public static RunRow? Read(TableRow row) =>
        row.GetInt64("run") is { } id && row.GetTime("started") is { } started && row.GetInt64("ranges") is >= 1 and <= ShardRange.Shards and var ranges
            ? new RunRow
            {
                Job = row.RowKey,
                Id = id,
                Ranges = (int)ranges,
                StartedAt = started,
                IsFinished = row.GetBoolean("finished") ?? false,
                LastStartedAt = row.GetTime("lastStarted"),
                LastFinishedAt = row.GetTime("lastFinished"),
                LastTally = MaintenanceTally.Read(row),
                ETag = row.ETag,
            }
            : null;

    public TableRow ToRow() => LastTally.WriteTo(new TableRow(RangeRow.PartitionKey, Job)
        .Set("run", Id)
        .Set("ranges", Ranges)
        .Set("started", StartedAt)
        .Set("finished", IsFinished)
        .Set("lastStarted", LastStartedAt)
        .Set("lastFinished", LastFinishedAt));

    public TableWrite ToWrite() => ETag is null ? TableWrite.Insert(ToRow()) : TableWrite.Replace(ToRow(), ETag);
}
