using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>The rows of one partition, without bodies.</summary>
/// <param name="PartitionKey">The partition; a user's, or whatever somebody has put into the table.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record UserGroup(string PartitionKey, IReadOnlyList<TableRow> Rows);
