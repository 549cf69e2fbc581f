using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Recognises service keys. An unknown id costs as much work as a wrong secret, and says as little.</summary>
internal sealed class ServiceKeys
{
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    private readonly TimeProvider _clock;
    private readonly FrozenDictionary<string, Accepted>.AlternateLookup<ReadOnlySpan<char>> _byId;

    public ServiceKeys(IOptions<ServiceKeysOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _byId = options.Value.Keys
            .ToFrozenDictionary(key => key.Id, AcceptedOf, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Who presents this key.</summary>
    /// <returns>Null when it is malformed, unknown, wrong or expired.</returns>
    public Caller? Find(ReadOnlySpan<char> text)
    {
        if (!ServiceKey.TrySplit(text, out var id, out var secret))
        {
            return null;
        }

        Span<byte> ascii = stackalloc byte[secret.Length];
        Encoding.ASCII.GetBytes(secret, ascii);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii, hash);

        var isKnown = _byId.TryGetValue(id, out var key);
        var isRight = CryptographicOperations.FixedTimeEquals(hash, isKnown ? key!.Hash : NoHash);
        return isKnown && isRight && _clock.GetUtcNow() < key!.ExpiresAt ? key.Caller : null;
    }

    private static Accepted AcceptedOf(ServiceKeyEntry key) => new(
        new Caller("key:" + key.ClientName, ScopeNames.Parse(key.Scopes)),
        Convert.FromHexString(key.Hash),
        key.ExpiresAt);

    private sealed record Accepted(Caller Caller, byte[] Hash, DateTimeOffset ExpiresAt);
}
