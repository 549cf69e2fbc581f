namespace Bench.Limits.Tables;

/// <summary>A row as the service sent it: its JSON is not parsed.</summary>
/// <param name="Json">The JSON object, UTF-8.</param>
/// <param name="ETag">The version that a conditional write names.</param>
internal sealed record RawRow(byte[] Json, string ETag);
