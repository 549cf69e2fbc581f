using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Hashes of a session's tokens, and the derivation of the current one.</summary>
/// <param name="Current">SHA-256 of the secret of the current token.</param>
/// <param name="Previous">Earlier tokens within their grace; empty when they ended at once.</param>
/// <param name="RotatedAt">When the current token replaced the previous one; null before the first rotation.</param>
/// <param name="Derivation">
/// Key id and salt of the current secret, so that a repeated rotation returns the same token; null for a random secret.
/// </param>
internal sealed record SessionSecret(Digest Current, PreviousSecrets Previous = default, DateTimeOffset? RotatedAt = null, byte[]? Derivation = null)
{
    /// <summary>Whether a token with a secret of this digest is, or recently was, one of the session.</summary>
    public bool Has(in Digest secret) => Current.Matches(secret) || PreviousSecrets.Find(Previous.Bytes, secret) is not null;
}
