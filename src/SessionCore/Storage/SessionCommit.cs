namespace SessionCore.Storage;

/// <summary>What a conditional write of a session came to.</summary>
/// <param name="IsWritten">Whether it was applied.</param>
/// <param name="ETag">The entity tag of the session's row then.</param>
internal readonly record struct SessionCommit(bool IsWritten, string? ETag);
