using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>
/// The records of <c>Idempotency-Key</c>. Each stands in a partition of caller and key, not of the user, so that the same key with
/// another user is seen to be another request. The insert decides between equal requests at once.
/// </summary>
internal sealed class IdempotencyClaims(
    SessionTables tables, DueTable due, KeyRing keys, TimeProvider timeProvider, IOptions<SessionPolicyOptions> policy)
{
    /// <summary>The property that <see cref="ExpiryOf"/> reads.</summary>
    public const string ExpiresName = "expires";

    private const int SaltBytes = 16;
    private const string BodyName = "body";
    private const string SaltName = "salt";
    private const string KeyName = "key";

    /// <summary>Returns when an idempotency record expires; null when the row is not one.</summary>
    public static DateTimeOffset? ExpiryOf(TableRow row) =>
        row.RowKey.StartsWith("i_", StringComparison.Ordinal) ? row.GetTime(ExpiresName) ?? DateTimeOffset.MinValue : null;

    /// <summary>Claims a key for a request, or finds the claim of the same request.</summary>
    /// <returns>Null when the key was used for another request.</returns>
    /// <exception cref="StoreUnavailableException">The table cannot tell, or the claim was made under a key not known here.</exception>
    public async ValueTask<IdempotencyClaim?> ObtainAsync(IdempotencyKey request, CancellationToken cancellationToken)
    {
        var (high, low) = NameOf(request);
        var partitionKey = SessionLocator.Hex(high);
        var rowKey = string.Concat("i_", SessionLocator.Hex(low));
        for (var retry = new ConflictRetry(timeProvider: null, "The idempotency record", maxAttempts: 20); ; await retry.NextAsync(cancellationToken))
        {
            var row = retry.Attempt == 1 ? null : await tables.Sessions.FindAsync(partitionKey, rowKey, cancellationToken);
            var now = timeProvider.GetUtcNow();
            if (row is not null && ExpiryOf(row) is { } end && now < end)
            {
                var earlier = Read(row, high, low, end);
                return Matches(row, earlier, request) ? earlier : null;
            }

            var salt = RandomNumberGenerator.GetBytes(SaltBytes);
            var expires = now + policy.Value.IdempotencyWindow;
            var claim = new IdempotencyClaim(keys.Active, salt, high, low, expires);
            var next = new TableRow(partitionKey, rowKey)
                .Set(BodyName, claim.Seal(request.BodyHash.Span))
                .Set(SaltName, salt)
                .Set(KeyName, (long)keys.Active.Id)
                .Set(ExpiresName, expires);
            await due.AddAsync(partitionKey, rowKey, expires, cancellationToken);
            var write = row?.ETag is { } etag ? TableWrite.Replace(next, etag) : TableWrite.Insert(next);
            if ((await tables.Sessions.WriteAsync(write, cancellationToken)).IsWritten)
            {
                return claim;
            }
        }
    }

    // Under the key that the record names: the ring may have another active key by now.
    private static bool Matches(TableRow row, IdempotencyClaim claim, IdempotencyKey request) =>
        row.GetBinary(BodyName) is { } body && CryptographicOperations.FixedTimeEquals(body, claim.Seal(request.BodyHash.Span));

    private IdempotencyClaim Read(TableRow row, UInt128 high, UInt128 low, DateTimeOffset expiresAt) =>
        row.GetBinary(SaltName) is { } salt && row.GetInt64(KeyName) is { } id && keys.TryGet((uint)id, out var key)
            ? new IdempotencyClaim(key, salt, high, low, expiresAt)
            : throw new StoreUnavailableException("The idempotency record was made under a key that this instance does not have.");

    private static (UInt128 High, UInt128 Low) NameOf(IdempotencyKey request)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var caller = Encoding.UTF8.GetBytes(request.Caller);
        var key = Encoding.UTF8.GetBytes(request.Key);
        SHA256.HashData([.. "idempotency"u8, .. BitConverter.GetBytes(caller.Length), .. caller, .. key], hash);
        return (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
