using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.Tokens;
using SessionFunctions.AspNetCore.Authentication;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>
/// What was read in passports whose signature, issuer and audience were checked, under the digests of their texts. What may change meanwhile is
/// not kept: the times, the endings and the published keys are looked at for each request. No passport is kept.
/// </summary>
internal sealed class VerifiedPassports(PassportKeys keys, TimeProvider timeProvider) : IDisposable
{
    /// <summary>The most passports that are kept. About 1 KB each with small claims; further ones are verified for each request.</summary>
    public const int Capacity = 10_000;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <summary>Gets how many are kept.</summary>
    public int Count => _kept.Count;

    /// <summary>Returns what a passport says; null when it was not verified, or not by a key that is published as it was then.</summary>
    /// <param name="text">The passport, compared in every character.</param>
    /// <param name="parameters">What it is checked by. What was checked by others does not count.</param>
    public Passport? Find(string text, TokenValidationParameters parameters) =>
        _kept.TryGetValue(new Name(TextDigest.Of(text), parameters), out var found) && found is Verified verified && keys.IsStill(verified.KeyId, verified.Key)
            ? verified.Passport
            : null;

    /// <summary>Keeps what a passport says until it ends.</summary>
    /// <param name="text">The passport.</param>
    /// <param name="parameters">What it was checked by.</param>
    /// <param name="keyId">The id of its key.</param>
    /// <param name="key">The key, as <see cref="PassportKeys.Known"/> gave it before the signature was checked.</param>
    /// <param name="passport">What it says.</param>
    public void Keep(string text, TokenValidationParameters parameters, string keyId, IEnumerable<SecurityKey> key, Passport passport)
    {
        var left = passport.ExpiresAt - timeProvider.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            var entry = new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = left };
            _kept.Set(new Name(TextDigest.Of(text), parameters), new Verified(keyId, key, passport), entry);
        }
    }

    public void Dispose() => _kept.Dispose();

    private sealed record Name(TextDigest Digest, TokenValidationParameters Parameters)
    {
        public override int GetHashCode() => Digest.GetHashCode();
    }

    private sealed record Verified(string KeyId, IEnumerable<SecurityKey> Key, Passport Passport);
}
