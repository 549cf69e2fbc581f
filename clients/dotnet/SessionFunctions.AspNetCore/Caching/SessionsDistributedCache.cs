using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Caching;

/// <summary>Distributed cache on sessions under keys: each entry is a session without a user.</summary>
/// <remarks>
/// The synchronous members wait for the asynchronous ones. When the API is unavailable, every member throws
/// <see cref="SessionsUnavailableException"/>, as the cache on Redis throws the exceptions of its connection.
/// </remarks>
internal sealed partial class SessionsDistributedCache : IBufferDistributedCache, IDisposable
{
    /// <summary>The longest value: in base64 and with the name of its member it has the 32 KiB that the API allows for data.</summary>
    internal const int MaxValueBytes = (((32 * 1024) - 8) / 4) * 3;

    private const string ValueName = "v";
    private const int BadRequest = 400;

    private readonly KeyedSessionsClient _sessions;
    private readonly EntryLimits _limits;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<SessionsDistributedCache> _logger;
    private readonly IDistributedCache? _fallback;
    private readonly string _instanceName;
    private readonly TimeSpan _defaultSliding;

    public SessionsDistributedCache(
        SessionsClient client, IOptions<SessionsDistributedCacheOptions> options, TimeProvider timeProvider, ILogger<SessionsDistributedCache> logger)
    {
        _sessions = client.Keyed;
        _limits = new EntryLimits(_sessions);
        _timeProvider = timeProvider;
        _logger = logger;
        _fallback = options.Value.Fallback;
        _instanceName = options.Value.InstanceName;
        _defaultSliding = options.Value.DefaultSlidingExpiration;
    }

    /// <inheritdoc/>
    public byte[]? Get(string key) => GetAsync(key).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        token.ThrowIfCancellationRequested();

        // Reading is an access, which renews a sliding window.
        var session = await _sessions.TouchAsync(KeyOf(key), cancellationToken: token).ConfigureAwait(false);
        if (session?.Data is { } data)
        {
            return data.TryGetProperty(ValueName, out var member) && member.TryGetBytesFromBase64(out var value) ? value : null;
        }

        return _fallback is null ? null : await _fallback.GetAsync(key, token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public bool TryGet(string key, IBufferWriter<byte> destination) => TryGetAsync(key, destination).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (await GetAsync(key, token).ConfigureAwait(false) is not { } value)
        {
            return false;
        }

        destination.Write(value);
        return true;
    }

    /// <inheritdoc/>
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => SetAsync(key, value, options).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        return SaveAsync(key, value, options, token);
    }

    /// <inheritdoc/>
    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) =>
        SetAsync(key, value, options).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        CheckLength(value.Length);
        return new ValueTask(SaveAsync(key, value.ToArray(), options, token));
    }

    /// <inheritdoc/>
    public void Refresh(string key) => RefreshAsync(key).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async Task RefreshAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        token.ThrowIfCancellationRequested();
        if (await _sessions.TouchAsync(KeyOf(key), cancellationToken: token).ConfigureAwait(false) is null && _fallback is not null)
        {
            await _fallback.RefreshAsync(key, token).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Remove(string key) => RemoveAsync(key).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        token.ThrowIfCancellationRequested();

        // An ended session cannot be set again, and a removed entry can. So the value goes at once, and its session lapses.
        var empty = new KeyedSession { Data = [], IdleTimeout = EntryLifetime.Shortest };
        await _sessions.SaveAsync(KeyOf(key), empty, SaveCondition.MustExist, token).ConfigureAwait(false);
        await RemoveFromFallbackAsync(key, token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _limits.Dispose();

    private static void CheckLength(long value)
    {
        if (value > MaxValueBytes)
        {
            throw new ArgumentException($"The value has {value} bytes. An entry of the session API holds at most {MaxValueBytes}.", nameof(value));
        }
    }

    private SessionKey KeyOf(string key) => SessionKey.Of(_instanceName + key);

    private async Task SaveAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token)
    {
        CheckLength(value.Length);
        var now = _timeProvider.GetUtcNow();
        EntryLifetime.Check(options, now);
        token.ThrowIfCancellationRequested();
        try
        {
            await SaveWithinAsync(await _limits.GetAsync(token).ConfigureAwait(false), key, value, options, now, token).ConfigureAwait(false);
        }
        catch (SessionsException e) when (e.Status == BadRequest)
        {
            // The policy has become stricter since it was learnt.
            _limits.Forget();
            await SaveWithinAsync(await _limits.GetAsync(token).ConfigureAwait(false), key, value, options, now, token).ConfigureAwait(false);
        }
    }

    private async Task SaveWithinAsync(
        EntryLifetime limits, string key, byte[] value, DistributedCacheEntryOptions options, DateTimeOffset now, CancellationToken token)
    {
        if (EntryLifetime.Of(options, _defaultSliding, now, limits) is not { } lifetime)
        {
            await RemoveAsync(key, token).ConfigureAwait(false);
            return;
        }

        var entry = new KeyedSession
        {
            Data = new JsonObject { [ValueName] = Convert.ToBase64String(value) },
            IdleTimeout = lifetime.Idle,
            AbsoluteLifetime = lifetime.Absolute,
        };
        var save = await _sessions.SaveAsync(KeyOf(key), entry, cancellationToken: token).ConfigureAwait(false);
        if (save.Outcome is KeyedSaveOutcome.Ended)
        {
            LogEnded(_logger, save.EndReason);
        }

        await RemoveFromFallbackAsync(key, token).ConfigureAwait(false);
    }

    // Otherwise the old value would come back when the new entry is gone.
    private Task RemoveFromFallbackAsync(string key, CancellationToken token) => _fallback?.RemoveAsync(key, token) ?? Task.CompletedTask;

    [LoggerMessage(9101, LogLevel.Debug, "An entry was not kept: the session of its key was ended ({Reason}), and a save does not revive it.")]
    private static partial void LogEnded(ILogger logger, string? reason);
}
