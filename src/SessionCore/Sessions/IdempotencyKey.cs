namespace SessionCore.Sessions;

/// <summary>Idempotency key of a creation.</summary>
/// <param name="Caller">A stable name of the caller, which scopes the key.</param>
/// <param name="Key">The caller's key.</param>
/// <param name="BodyHash">SHA-256 of the canonical request.</param>
public sealed record IdempotencyKey(string Caller, string Key, ReadOnlyMemory<byte> BodyHash);
