using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SessionApi.Contract;

namespace SessionApi.Callers;

/// <summary>Verifies service keys. An unknown id takes as long as a wrong secret and gets the same answer.</summary>
internal sealed class ServiceKeys
{
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    private const int Slots = 1024;

    private readonly Verified?[] _verified = new Verified?[Slots];
    private readonly TimeProvider _timeProvider;
    private readonly FrozenDictionary<string, Accepted>.AlternateLookup<ReadOnlySpan<char>> _byId;

    public ServiceKeys(IOptions<ServiceKeysOptions> options, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _byId = options.Value.Keys
            .ToFrozenDictionary(key => key.Id, AcceptedOf, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Finds the caller of a key.</summary>
    /// <param name="text">The key as a segment of the header's string.</param>
    /// <returns>Null when it is malformed, unknown, wrong or expired.</returns>
    public Caller? Find(StringSegment text)
    {
        // Kestrel reuses the string of a header that is unchanged on its connection, so the verdict on that string still holds.
        ref var slot = ref _verified[RuntimeHelpers.GetHashCode(text.Buffer) & (Slots - 1)];
        var verified = Volatile.Read(ref slot);
        if (verified is null || !ReferenceEquals(verified.Header, text.Buffer))
        {
            if (Verify(text.AsSpan()) is not { } key)
            {
                return null;
            }

            verified = new Verified(text.Buffer!, key);
            Volatile.Write(ref slot, verified);
        }

        return _timeProvider.GetUtcNow() < verified.Key.ExpiresAt ? verified.Key.Caller : null;
    }

    /// <summary>Who presents a key together with a name.</summary>
    /// <returns>Null as for the key alone, and when the name is neither the id of the key nor the client it belongs to.</returns>
    public Caller? Find(ClientCredential credential) =>
        Verify(credential.Secret) is { } key
        && _timeProvider.GetUtcNow() < key.ExpiresAt
        && (credential.Id == key.Id || credential.Id == key.Client)
            ? key.Caller
            : null;

    private Accepted? Verify(ReadOnlySpan<char> text)
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
        return isKnown && isRight ? key : null;
    }

    private static Accepted AcceptedOf(ServiceKeyEntry key) => new(
        key.Id,
        key.ClientName,
        new Caller("key:" + key.ClientName, ScopeNames.Parse(key.Scopes)) { Kind = CredentialHolder.Key, Name = key.ClientName },
        Convert.FromHexString(key.Hash),
        key.ExpiresAt);

    private sealed record Verified(string Header, Accepted Key);

    private sealed record Accepted(string Id, string Client, Caller Caller, byte[] Hash, DateTimeOffset ExpiresAt);
}
