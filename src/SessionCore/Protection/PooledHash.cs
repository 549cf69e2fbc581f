using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace SessionCore.Protection;

/// <summary>HMAC-SHA256 under one key, for what is computed for every token that is new or made up.</summary>
/// <remarks>
/// The contexts are kept: OpenSSL takes longer to make one ready than to hash so little (measured: 1.3 against 0.5 microseconds). That is a
/// twentieth of what a made-up token costs. Without a key the difference is 0.1 microseconds, so <see cref="SHA256.HashData(ReadOnlySpan{byte}, Span{byte})"/> does.
/// </remarks>
internal sealed class PooledHash
{
    private readonly ObjectPool<IncrementalHash> _contexts;

    private PooledHash(Func<IncrementalHash> create) => _contexts = new DefaultObjectPool<IncrementalHash>(new Contexts(create));

    /// <summary>HMAC-SHA256 under one key.</summary>
    public static PooledHash HmacSha256(byte[] key) => new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));

    /// <summary>Computes it.</summary>
    /// <param name="data">What of.</param>
    /// <param name="hash">Where to; <see cref="HMACSHA256.HashSizeInBytes"/> bytes.</param>
    public void Compute(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        // One that has failed is not given back.
        var context = _contexts.Get();
        context.AppendData(data);
        context.GetHashAndReset(hash);
        _contexts.Return(context);
    }

    private sealed class Contexts(Func<IncrementalHash> create) : PooledObjectPolicy<IncrementalHash>
    {
        public override IncrementalHash Create() => create();

        public override bool Return(IncrementalHash obj) => true;
    }
}
