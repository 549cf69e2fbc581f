using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>What a session keeps of its tokens: hashes, and how the current one was derived.</summary>
/// <param name="Current">SHA-256 of the secret of the token that counts.</param>
/// <param name="Previous">Those before, which still count for the rotation's grace; none when they ended at once.</param>
/// <param name="RotatedAt">When the current one took the place of the one before; null before the first rotation.</param>
/// <param name="Derivation">Key id and salt the current secret was derived with, so that a repeated rotation gives the same token; null for a random secret.</param>
internal sealed record SessionSecret(Digest Current, PreviousSecrets Previous = default, DateTimeOffset? RotatedAt = null, byte[]? Derivation = null);
