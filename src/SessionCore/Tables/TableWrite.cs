namespace SessionCore.Tables;

/// <summary>Conditional write. Created by factory methods only, so none can lack its condition.</summary>
public sealed record TableWrite
{
    private TableWrite(TableWriteKind kind, TableRow row, string? etag)
    {
        Kind = kind;
        Row = row;
        ETag = etag;
    }

    /// <summary>Gets the kind.</summary>
    public TableWriteKind Kind { get; }

    /// <summary>Gets the row; for a delete only its keys are used.</summary>
    public TableRow Row { get; }

    /// <summary>Gets the entity tag the row must have; null for an insert.</summary>
    public string? ETag { get; }

    /// <summary>Adds a row that must not exist yet.</summary>
    public static TableWrite Insert(TableRow row) => new(TableWriteKind.Insert, row, etag: null);

    /// <summary>Replaces a row that must still have <paramref name="etag"/>.</summary>
    public static TableWrite Replace(TableRow row, string etag) => new(TableWriteKind.Replace, row, Checked(etag));

    /// <summary>Sets some properties of a row that must still have <paramref name="etag"/>.</summary>
    public static TableWrite Merge(TableRow row, string etag) => new(TableWriteKind.Merge, row, Checked(etag));

    /// <summary>Removes a row that must still have <paramref name="etag"/>.</summary>
    public static TableWrite Delete(string partitionKey, string rowKey, string etag) =>
        new(TableWriteKind.Delete, new TableRow(partitionKey, rowKey), Checked(etag));

    // "*" matches any current state (RFC 9110 section 13.1.1), which would allow the lost updates that this port prevents.
    private static string Checked(string etag) =>
        string.IsNullOrEmpty(etag) || etag == "*"
            ? throw new ArgumentException("A write must have the entity tag that its row was read with.", nameof(etag))
            : etag;
}
