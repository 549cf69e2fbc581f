using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Head of a partition's chain: its newest link, and where it begins since the purge has taken what was before.</summary>
/// <remarks>Every append replaces it under its entity tag, so two writers cannot fork the chain.</remarks>
internal sealed record AuditHead : ITaggedRow
{
    private const string Prefix = "c_";
    private const string CountName = "count";
    private const string LastName = "last";
    private const string FirstName = "first";
    private const string FirstAtName = "firstAt";
    private const string AnchorName = "anchor";

    /// <summary>Property that tells <see cref="StartOf"/>.</summary>
    public static readonly IReadOnlyList<string> Outline = [FirstAtName];

    public required string PartitionKey { get; init; }

    /// <summary>Gets the number of the newest link.</summary>
    public required long Count { get; init; }

    /// <summary>Gets the tag of the newest link.</summary>
    public required byte[] Last { get; init; }

    /// <summary>Gets the number of the oldest link that is kept.</summary>
    public required long First { get; init; }

    /// <summary>Gets the time of the oldest link that is kept.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>Gets the tag of the link before the oldest that is kept; empty where the chain has begun.</summary>
    public byte[] Anchor { get; init; } = [];

    public string? ETag { get; init; }

    /// <summary>Returns the row key of a partition's head.</summary>
    public static string RowKeyOf(string partitionKey) => string.Concat(Prefix, partitionKey);

    /// <summary>Whether a row key is that of a head.</summary>
    public static bool Is(string rowKey) => rowKey.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Returns when the oldest link of a row's chain was made; null when the row does not say so.</summary>
    public static DateTimeOffset? StartOf(TableRow row) => row.GetTime(FirstAtName) is { Year: < 9000 } at ? at : null;

    /// <summary>Reads a row. What it says counts only after <see cref="GenuineRows"/> has checked its tag.</summary>
    /// <returns>Null when it does not say what it must.</returns>
    public static AuditHead? Read(TableRow row) =>
        row.RowKey == RowKeyOf(row.PartitionKey)
        && row.GetInt64(CountName) is > 0 and var count
        && row.GetInt64(FirstName) is > 0 and var first && first <= count
        && row.GetBinary(LastName) is { } last
        && row.GetTime(FirstAtName) is { Year: < 9000 } firstAt
            ? new AuditHead
            {
                PartitionKey = row.PartitionKey,
                Count = count,
                Last = last,
                First = first,
                FirstAt = firstAt,
                Anchor = row.GetBinary(AnchorName) ?? [],
                ETag = row.ETag,
            }
            : null;

    /// <summary>Returns the head with another link at its end.</summary>
    public AuditHead With(AuditRow link) => this with { Count = link.Number, Last = link.Tag };

    /// <summary>Returns the write of the row: an insert, or what replaces it as read.</summary>
    public TableWrite ToWrite(RowTags tags)
    {
        var row = new TableRow(PartitionKey, RowKeyOf(PartitionKey))
            .Set(CountName, Count)
            .Set(LastName, Last)
            .Set(FirstName, First)
            .Set(FirstAtName, FirstAt)
            .Set(AnchorName, Anchor)
            .Set(RowTags.Name, tags.Make(ToFacts()));
        return ETag is null ? TableWrite.Insert(row) : TableWrite.Replace(row, ETag);
    }

    public RowFacts ToFacts() => new RowFacts("audit-head", PartitionKey, RowKeyOf(PartitionKey))
        .Put(Count)
        .Put(Last)
        .Put(First)
        .Put(FirstAt)
        .Put(Anchor);
}
