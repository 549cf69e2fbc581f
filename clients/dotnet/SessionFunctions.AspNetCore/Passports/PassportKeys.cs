using Microsoft.IdentityModel.Tokens;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>The public keys of passports. Read anew every five minutes, and for an unknown key at most once in ten seconds.</summary>
internal sealed class PassportKeys(SessionsClient client, TimeProvider timeProvider) : IDisposable
{
    // Cache-Control of GET /v1/passport-keys.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Reading? _reading;
    private volatile Failure? _failure;

    /// <summary>Returns the key of an id, of those that were read; empty without.</summary>
    public IEnumerable<SecurityKey> Known(string kid) => _reading?.Keys.GetValueOrDefault(kid) ?? [];

    /// <summary>Whether a key of that id exists.</summary>
    /// <exception cref="SessionsException">It is not known: the API does not answer.</exception>
    public ValueTask<bool> ExistsAsync(string kid, CancellationToken cancellationToken)
    {
        if (_reading is not { } reading || !reading.Keys.ContainsKey(kid))
        {
            return new ValueTask<bool>(FindAsync(kid, cancellationToken));
        }

        RefreshIfOld(reading);
        return new ValueTask<bool>(true);
    }

    /// <summary>Whether a key is published as it was when <see cref="Known"/> returned it. Every reading of the keys returns others.</summary>
    public bool IsStill(string kid, IEnumerable<SecurityKey> key)
    {
        if (_reading is not { } reading || !reading.Keys.TryGetValue(kid, out var known) || known != key)
        {
            return false;
        }

        RefreshIfOld(reading);
        return true;
    }

    public void Dispose() => _turn.Dispose();

    private void RefreshIfOld(Reading reading)
    {
        if (timeProvider.GetElapsedTime(reading.At) > MaxAge && MayAsk())
        {
            // No request waits for it: a key is removed long after the last passport that it signed.
            _ = ReadInBackgroundAsync();
        }
    }

    private async Task<bool> FindAsync(string kid, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_reading?.Keys.ContainsKey(kid) is true)
            {
                return true;
            }

            if (!MayAsk())
            {
                return _failure is { } failure ? throw failure.Exception : false;
            }

            await ReadAsync(cancellationToken).ConfigureAwait(false);
            return _reading?.Keys.ContainsKey(kid) is true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadInBackgroundAsync()
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (SessionsException)
        {
            // The keys that were read are valid still. The client has counted the failure, and logs a refusal.
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var keys = await client.GetPassportKeysAsync(cancellationToken).ConfigureAwait(false);
            var known = new Dictionary<string, SecurityKey[]>(StringComparer.Ordinal);
            foreach (var key in keys)
            {
                if (key is { Kty: "EC", Crv: "P-256", Alg: null or PassportVerifier.Algorithm, X: not null, Y: not null })
                {
                    known[key.Kid] = [new JsonWebKey { Kty = key.Kty, Crv = key.Crv, Alg = PassportVerifier.Algorithm, Kid = key.Kid, X = key.X, Y = key.Y }];
                }
            }

            _reading = new Reading(known, timeProvider.GetTimestamp());
            _failure = null;
        }
        catch (SessionsException e)
        {
            _failure = new Failure(e, timeProvider.GetTimestamp());
            throw;
        }
    }

    // Unknown ids cost the API one request in ten seconds, whoever invents them.
    private bool MayAsk()
    {
        var last = Math.Max(_reading?.At ?? long.MinValue, _failure?.At ?? long.MinValue);
        return last == long.MinValue || timeProvider.GetElapsedTime(last) >= Pause;
    }

    private sealed record Reading(Dictionary<string, SecurityKey[]> Keys, long At);

    private sealed record Failure(SessionsException Exception, long At);
}
