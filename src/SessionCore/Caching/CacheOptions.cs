using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionCore.Caching;

/// <summary>Options of the Redis cache in front of the table. Bound from the section <see cref="SectionName"/>.</summary>
public sealed class CacheOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Cache";

    /// <summary>Gets or sets the connection string of Redis, in the format of StackExchange.Redis.</summary>
    /// <value>Default none: without it and <see cref="Endpoint"/> the service runs without a cache. May hold a password.</value>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Gets or sets host and port of a Redis with Entra ID authentication, for example <c>name.region.redis.azure.net:10000</c>.
    /// </summary>
    /// <value>Default none; excludes <see cref="ConnectionString"/>. Always TLS.</value>
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets the client id of a user-assigned managed identity for <see cref="Endpoint"/>.</summary>
    /// <value>Default none: the one that AZURE_CLIENT_ID names, else the system-assigned one, or the developer's own sign-in on a development machine.</value>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>
    /// Gets or sets the maximum age of a live entry, counted from its read of the table. A revocation that Redis did not confirm is
    /// effective after this time.
    /// </summary>
    /// <value>Default 30 seconds; from 5 seconds to 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets the maximum clock difference between two instances; added to <see cref="MaxAge"/> in <c>effectiveBy</c>.
    /// </summary>
    /// <value>Default 2 seconds; from 0 to 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets the lifetime of a lease to fill a key; a read of the table that takes longer fills nothing.</summary>
    /// <value>Default 5 seconds; from 1 to 60 seconds; longer than <see cref="OperationTimeout"/>.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the time-out of a call to Redis, after which the table answers instead.</summary>
    /// <value>
    /// Default 250 milliseconds; from 10 milliseconds to 5 seconds. A read that queues behind others may take
    /// up to twice as long.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how long a reader waits, once, for another reader that is filling the key.</summary>
    /// <value>Default 10 milliseconds; from 0 to 250 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.250", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan BusyWait { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets or sets how many replicas must have a tombstone before a revocation is confirmed.</summary>
    /// <value>Default 0 (the primary alone); from 0 to 5. Needs the command WAIT.</value>
    [Range(0, 5)]
    public int ReplicaAcks { get; set; }

    /// <summary>Gets or sets how long a revocation waits for <see cref="ReplicaAcks"/>.</summary>
    /// <value>Default 100 milliseconds; from 1 millisecond to 2 seconds. Not used when <see cref="ReplicaAcks"/> is 0.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:02", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ReplicaAckTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Gets or sets the prefix of every key, so that several deployments can share a Redis. It also applies to the distributed cache
    /// (<c>IDistributedCache</c>) of this process.
    /// </summary>
    /// <value>
    /// Default empty; at most 64 characters; no white space, and no braces, which would spread the keys of one user over hash slots.
    /// </value>
    [RegularExpression(@"[^{}\s]{0,64}", ErrorMessage = "Cache:KeyPrefix must be at most 64 characters without braces and white space.")]
    public string KeyPrefix { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets how long a process answers a live session from its own memory without reading Redis. Every change of a session,
    /// including a revocation, is acknowledged this much later, so the guarantees hold.
    /// </summary>
    /// <value>Default 0 (off); up to 1 second. Must be the same on all instances.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LocalAge { get; set; }

    /// <summary>Gets or sets the maximum number of sessions in the memory of a process; each takes about 1 KB.</summary>
    /// <value>Default 16,384; from 1 to 1,000,000. Not used when <see cref="LocalAge"/> is 0.</value>
    [Range(1, 1_000_000)]
    public int LocalEntries { get; set; } = 16_384;

    /// <summary>Gets a value indicating whether a cache is configured.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(ConnectionString) || !string.IsNullOrWhiteSpace(Endpoint);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (LeaseTime <= OperationTimeout)
        {
            yield return new ValidationResult(
                $"{SectionName}:{nameof(LeaseTime)} ({LeaseTime}) must be longer than {SectionName}:{nameof(OperationTimeout)} ({OperationTimeout}).",
                [nameof(LeaseTime)]);
        }

        if (!string.IsNullOrWhiteSpace(ConnectionString) && !string.IsNullOrWhiteSpace(Endpoint))
        {
            yield return new ValidationResult(
                $"{SectionName}:{nameof(Endpoint)}: Set this or {SectionName}:{nameof(ConnectionString)}, not both.", [nameof(Endpoint)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class CacheOptionsValidator : IValidateOptions<CacheOptions>;
