namespace SessionCore.Tables;

/// <summary>A page of rows in key order.</summary>
/// <param name="Rows">The rows; possibly none.</param>
/// <param name="Continuation">Opaque: where to go on; null at the end, and only then.</param>
public sealed record TablePage(IReadOnlyList<TableRow> Rows, string? Continuation);
