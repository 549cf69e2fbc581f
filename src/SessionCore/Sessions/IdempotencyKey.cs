namespace SessionCore.Sessions;

/// <summary>Under which a creation can be repeated.</summary>
/// <param name="Caller">A stable name of who calls; keys of different callers are different keys.</param>
/// <param name="Key">The key the caller chose.</param>
/// <param name="BodyHash">SHA-256 over the request in a canonical form.</param>
public sealed record IdempotencyKey(string Caller, string Key, ReadOnlyMemory<byte> BodyHash);
