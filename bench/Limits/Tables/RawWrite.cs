namespace Bench.Limits.Tables;

/// <summary>One write of a transaction.</summary>
/// <param name="Method"><c>POST</c> inserts; <c>PATCH</c> merges and <c>DELETE</c> removes under the ETag.</param>
/// <param name="Path">What follows the account's address.</param>
/// <param name="ETag">Null for an insert.</param>
/// <param name="Json">The columns; null where the row goes.</param>
internal sealed record RawWrite(string Method, string Path, string? ETag, string? Json);
