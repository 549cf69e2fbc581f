using System.Globalization;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>The row of one range of one job: who works on it until when, how far it is, and for which run.</summary>
internal sealed record RangeRow
{
    /// <summary>The partition of all maintenance rows: after every key of a user, which is hex.</summary>
    public const string PartitionKey = "~maintenance";

    public required string Job { get; init; }

    public required int Index { get; init; }

    /// <summary>Gets the run it was worked on for last.</summary>
    public required long RunId { get; init; }

    /// <summary>Gets a value indicating whether that run is through with it.</summary>
    public bool IsDone { get; init; }

    /// <summary>Gets the holder; empty when nobody holds it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Gets the fencing number: one more for each holder, so that a former one is told apart for good.</summary>
    public required long Fence { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Gets where the next holder goes on; null for the beginning.</summary>
    public string? Checkpoint { get; init; }

    public MaintenanceTally Tally { get; init; } = new();

    public string? ETag { get; init; }

    public static string RowKeyOf(string job, int index) => string.Create(CultureInfo.InvariantCulture, $"{job}-{index:d3}");

    /// <summary>The query for all ranges of a job; '.' follows '-'.</summary>
    public static TableQuery QueryOf(string job) => new() { PartitionKey = PartitionKey, RowFrom = job + "-", RowTo = job + "." };

    public static RangeRow? Read(TableRow row, string job) =>
        row.GetInt64("run") is { } run
        && row.GetInt64("fence") is { } fence
        && row.RowKey.Length > job.Length
        && int.TryParse(row.RowKey.AsSpan(job.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new RangeRow
            {
                Job = job,
                Index = index,
                RunId = run,
                IsDone = row.GetBoolean("done") ?? false,
                Owner = row.GetString("owner") ?? "",
                Fence = fence,
                ExpiresAt = row.GetTime("expires") ?? DateTimeOffset.UnixEpoch,
                Checkpoint = row.GetString("checkpoint"),
                Tally = MaintenanceTally.Read(row),
                ETag = row.ETag,
            }
            : null;

    public TableRow ToRow() => Tally.WriteTo(new TableRow(PartitionKey, RowKeyOf(Job, Index))
        .Set("run", RunId)
        .Set("done", IsDone)
        .Set("owner", Owner)
        .Set("fence", Fence)
        .Set("expires", ExpiresAt)
        .Set("checkpoint", Checkpoint));

    /// <summary>The write that puts this state in the place of the one that was read.</summary>
    public TableWrite ToWrite() => ETag is null ? TableWrite.Insert(ToRow()) : TableWrite.Replace(ToRow(), ETag);
}
