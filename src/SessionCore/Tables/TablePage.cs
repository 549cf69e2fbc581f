namespace SessionCore.Tables;

/// <summary>Page of rows in key order.</summary>
/// <param name="Rows">The rows; may be empty.</param>
/// <param name="Continuation">The opaque continuation token; null only at the end.</param>
public sealed record TablePage(IReadOnlyList<TableRow> Rows, string? Continuation);
