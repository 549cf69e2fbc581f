using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace SessionApi.Callers;

/// <summary>Signing keys of the tenant, by key id. The last valid set stays in use while the provider cannot be reached.</summary>
/// <remarks>
/// Not the library's ConfigurationManager: it does not take a TimeProvider, and its refresh on an unknown key differs between versions.
/// </remarks>
internal sealed partial class EntraKeys(
    IOptions<EntraOptions> options, EntraBackchannel backchannel, TimeProvider timeProvider, ILogger<EntraKeys> logger)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan PauseAfterSuccess = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();

    // A DateTimeOffset is 16 bytes, so a concurrent reader could see a torn value. Keys and time are therefore published as one
    // reference, and the time of the next fetch is read and written under the lock.
    private volatile KeySet _keySet = new(FrozenDictionary<string, SecurityKey>.Empty, DateTimeOffset.MinValue);
    private volatile bool _lastFetchFailed;
    private DateTimeOffset _notBefore;
    private Task? _fetch;

    /// <summary>Finds a key; fetches new ones at most once in five minutes.</summary>
    /// <returns>The key or null, and for null whether the key is certain not to exist.</returns>
    public async ValueTask<(SecurityKey? Key, bool IsCertain)> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var keySet = _keySet;
        if (keySet.Keys.TryGetValue(keyId, out var known))
        {
            if (timeProvider.GetUtcNow() - keySet.FetchedAt > MaxAge)
            {
                _ = FetchOnceInAWhile();
            }

            return (known, true);
        }

        await FetchOnceInAWhile().WaitAsync(cancellationToken);
        var key = _keySet.Keys.GetValueOrDefault(keyId);
        return (key, key is not null || !_lastFetchFailed);
    }

    // One fetch at a time, shared by all waiting requests and independent of their cancellation; it has a time-out of its own.
    private Task FetchOnceInAWhile()
    {
        lock (_gate)
        {
            if (_fetch is { IsCompleted: false })
            {
                return _fetch;
            }

            if (timeProvider.GetUtcNow() < _notBefore)
            {
                return Task.CompletedTask;
            }

            return _fetch = FetchAsync();
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            var keys = await ReadAsync();
            _keySet = new KeySet(keys, timeProvider.GetUtcNow());
            _lastFetchFailed = false;
            DelayNextFetch(PauseAfterSuccess);
        }
#pragma warning disable CA1031 // any failure of the provider leaves the known keys in use
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFetchFailed(exception);
            _lastFetchFailed = true;
            DelayNextFetch(PauseAfterFailure);
        }
    }

    private void DelayNextFetch(TimeSpan pause)
    {
        lock (_gate)
        {
            _notBefore = timeProvider.GetUtcNow() + pause;
        }
    }

    private async Task<FrozenDictionary<string, SecurityKey>> ReadAsync()
    {
        var authority = options.Value.Authority;
        using var metadata = JsonDocument.Parse(
            await backchannel.GetAsync(new Uri(authority + "/.well-known/openid-configuration")));
        if (metadata.RootElement.GetProperty("issuer"u8).GetString() != authority)
        {
            throw new InvalidDataException("The metadata has another issuer.");
        }

        var keysUri = new Uri(metadata.RootElement.GetProperty("jwks_uri"u8).GetString() ?? "");
        if (keysUri.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidDataException("The key set of the metadata is not on https.");
        }

        using var set = JsonDocument.Parse(await backchannel.GetAsync(keysUri));
        var keys = set.RootElement.GetProperty("keys"u8).EnumerateArray()
            .Select(EntraKey.Read)
            .OfType<SecurityKey>()
            .DistinctBy(key => key.KeyId, StringComparer.Ordinal)
            .ToFrozenDictionary(key => key.KeyId, StringComparer.Ordinal);
        return keys.Count > 0 ? keys : throw new InvalidDataException("The key set has no usable key.");
    }

    [LoggerMessage(2200, LogLevel.Error, "The identity provider's signing keys could not be read; the known keys stay in use.")]
    private partial void LogFetchFailed(Exception exception);

    private sealed record KeySet(FrozenDictionary<string, SecurityKey> Keys, DateTimeOffset FetchedAt);
}
