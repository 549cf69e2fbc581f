using Azure;
using Azure.Data.Tables;

namespace Bench.Limits;

/// <summary>Rows with the same columns and lengths as the product's, because the cost of a row depends on its width.</summary>
internal static class SampleRows
{
    private static readonly DateTimeOffset Time = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Secret = new byte[32];
    private static readonly string Operation = new('0', 32);

    // Sealed content of the sample that all contenders keep: claims, data and device, 403 bytes.
    private static readonly byte[] Body = new byte[403];

    private static readonly byte[] Stamp = new byte[16];
    private static readonly byte[] Tag = new byte[20];

    public static string PartitionOf(string id) => id.PadLeft(32, '0');

    public static string SessionKeyOf(string id) => "s_" + PartitionOf(id);

    public static string HeadKeyOf(string id) => "u_" + PartitionOf(id);

    public static TableEntity Due(string id) => new("2030010100-" + id[^2..], PartitionOf(id) + SessionKeyOf(id));

    public static TableEntity Head(string id, int live) => new(PartitionOf(id), HeadKeyOf(id))
    {
        ["count"] = live,
        ["live"] = new byte[16 * live],
        ["lately"] = new byte[24 * (1 - live)],
        ["leftOut"] = Time,
        ["user"] = "user-" + id,
        ["state"] = "live",
        ["tag"] = Tag,
    };

    public static TableEntity Session(string id) => new(PartitionOf(id), SessionKeyOf(id))
    {
        ["state"] = "live",
        ["user"] = "user-" + id,
        ["created"] = Time,
        ["auth"] = Time,
        ["seen"] = Time,
        ["idleEnd"] = Time,
        ["absEnd"] = Time,
        ["idle"] = 3600,
        ["aal"] = 2,
        ["version"] = 1L,
        ["dataVersion"] = 1L,
        ["op"] = Operation,
        ["secret"] = Secret,
        ["client"] = "bench",
        ["body"] = Body,
        ["stamp"] = Stamp,
        ["tag"] = Tag,
    };

    /// <summary>What a change of the data writes.</summary>
    public static TableEntity Change(string id) => new(PartitionOf(id), SessionKeyOf(id))
    {
        ["version"] = 1L,
        ["dataVersion"] = 1L,
        ["op"] = Operation,
        ["body"] = Body,
        ["stamp"] = Stamp,
        ["tag"] = Tag,
    };

    /// <summary>What an end writes.</summary>
    public static TableEntity End(string id) => new(PartitionOf(id), SessionKeyOf(id))
    {
        ["version"] = 1L,
        ["op"] = Operation,
        ["state"] = "ended",
        ["reason"] = "revoked",
        ["ended"] = Time,
        ["body"] = Array.Empty<byte>(),
        ["stamp"] = Array.Empty<byte>(),
        ["tag"] = Tag,
    };

    /// <summary>An insert of a transaction.</summary>
    public static TableTransactionAction Insert(TableEntity row) => new(TableTransactionActionType.Add, row);

    /// <summary>A conditional replacement of a transaction.</summary>
    public static TableTransactionAction Replace(TableEntity row, ETag etag) => new(TableTransactionActionType.UpdateReplace, row, etag);

    /// <summary>A conditional merge of a transaction.</summary>
    public static TableTransactionAction Merge(TableEntity row, ETag etag) => new(TableTransactionActionType.UpdateMerge, row, etag);
}
