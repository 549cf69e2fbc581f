using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>
/// Records of <c>Idempotency-Key</c>. The partition derives from caller and key, not from the user, so that the same key with another
/// user is detected as another request. The insert decides between concurrent equal requests.
/// </summary>
internal sealed class IdempotencyClaims(
    SessionTables tables,
    DueTable due,
    GenuineRows rows,
    RowTags tags,
    DeploymentKeys deployment,
    KeyRing keys,
    TimeProvider timeProvider,
    IOptions<SessionPolicyOptions> policy)
{
    /// <summary>Properties that <see cref="ExpiryOf"/> and <see cref="Check"/> need.</summary>
    public static readonly IReadOnlyList<string> Outline = [RequestName, SaltName, KeyName, ExpiresName, RowTags.Name];

    private const string ExpiresName = "expires";
    private const int SaltBytes = 16;
    private const string RequestName = "request";
    private const string SaltName = "salt";
    private const string KeyName = "key";

    /// <summary>Returns when an idempotency record expires; null when the row is not one.</summary>
    public static DateTimeOffset? ExpiryOf(TableRow row) =>
        row.RowKey.StartsWith("i_", StringComparison.Ordinal) ? row.GetTime(ExpiresName) ?? DateTimeOffset.MinValue : null;

    /// <summary>Verifies the tag of a record.</summary>
    /// <param name="row">The record.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="unknownKey">The id of the tag's key, when it is newer than all of the ring.</param>
    public static Opening Check(TableRow row, RowTags tags, out uint unknownKey) =>
        tags.Check(FactsOf(row), row.GetBinary(RowTags.Name), out unknownKey);

    /// <summary>Claims a key for a request, or finds the claim of the same request.</summary>
    /// <returns>Null when the key was used for another request.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The table does not answer, the record is not genuine, or this instance lacks its key.
    /// </exception>
    public async ValueTask<IdempotencyClaim?> ObtainAsync(IdempotencyKey request, CancellationToken cancellationToken)
    {
        await deployment.AnnounceAsync(cancellationToken);
        var (high, low) = NameOf(request);
        var partitionKey = SessionLocator.Hex(high);
        var rowKey = string.Concat("i_", SessionLocator.Hex(low));
        for (var retry = new ConflictRetry(timeProvider: null, "The idempotency record", maxAttempts: 20); ; await retry.NextAsync(cancellationToken))
        {
            var row = retry.Attempt == 1 ? null : await tables.Sessions.FindAsync(partitionKey, rowKey, cancellationToken);
            if (row is not null && !await rows.IsRecordAsync(row, cancellationToken))
            {
                throw new StoreUnavailableException("The idempotency record does not verify. Use another idempotency key.");
            }

            var now = timeProvider.GetUtcNow();
            if (row is not null && ExpiryOf(row) is { } end && now < end)
            {
                var earlier = Read(row, high, low, end);
                return Matches(row, earlier, request) ? earlier : null;
            }

            var salt = RandomNumberGenerator.GetBytes(SaltBytes);
            var expires = now + policy.Value.IdempotencyWindow;
            var claim = new IdempotencyClaim(keys.Active, salt, high, low, expires);
            var next = Tagged(
                new TableRow(partitionKey, rowKey)
                    .Set(RequestName, claim.Seal(request.BodyHash.Span))
                    .Set(SaltName, salt)
                    .Set(KeyName, (long)keys.Active.Id)
                    .Set(ExpiresName, expires),
                tags);
            await due.AddAsync(partitionKey, rowKey, expires, cancellationToken);
            var write = row?.ETag is { } etag ? TableWrite.Replace(next, etag) : TableWrite.Insert(next);
            if ((await tables.Sessions.WriteAsync(write, cancellationToken)).IsWritten)
            {
                return claim;
            }
        }
    }

    /// <summary>Adds the tag to a complete record.</summary>
    public static TableRow Tagged(TableRow row, RowTags tags) => row.Set(RowTags.Name, tags.Make(FactsOf(row)));

    private static RowFacts FactsOf(TableRow row) => new RowFacts("idempotency", row.PartitionKey, row.RowKey)
        .Put(row.GetBinary(RequestName))
        .Put(row.GetBinary(SaltName))
        .Put(row.GetInt64(KeyName) ?? 0)
        .Put(row.GetTime(ExpiresName));

    // Under the record's key, because the ring may have another active key by now.
    private static bool Matches(TableRow row, IdempotencyClaim claim, IdempotencyKey request) =>
        row.GetBinary(RequestName) is { } body && CryptographicOperations.FixedTimeEquals(body, claim.Seal(request.BodyHash.Span));

    private IdempotencyClaim Read(TableRow row, UInt128 high, UInt128 low, DateTimeOffset expiresAt) =>
        row.GetBinary(SaltName) is { } salt && row.GetInt64(KeyName) is { } id && keys.TryGet((uint)id, out var key)
            ? new IdempotencyClaim(key, salt, high, low, expiresAt)
            : throw new StoreUnavailableException("The idempotency record is protected by a key that this instance does not have.");

    private static (UInt128 High, UInt128 Low) NameOf(IdempotencyKey request)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var caller = Encoding.UTF8.GetBytes(request.Caller);
        var key = Encoding.UTF8.GetBytes(request.Key);
        SHA256.HashData([.. "idempotency"u8, .. BitConverter.GetBytes(caller.Length), .. caller, .. key], hash);
        return (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
