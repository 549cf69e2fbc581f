using System.Buffers;
using Microsoft.Extensions.Options;
using SessionApi.Contract;

namespace SessionApi.Callers;

// Written by hand because the allowed expiry depends on the clock.
internal sealed class ServiceKeysOptionsValidator(TimeProvider timeProvider) : IValidateOptions<ServiceKeysOptions>
{
    private const int HashCharacters = 64;

    private static readonly SearchValues<char> ClientCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public ValidateOptionsResult Validate(string? name, ServiceKeysOptions options)
    {
        var now = timeProvider.GetUtcNow();
        var faults = new List<string>();
        for (var i = 0; i < options.Keys.Count; i++)
        {
            Check(options.Keys[i], $"{ServiceKeysOptions.SectionName}:{i}", now, faults);
        }

        foreach (var id in options.Keys.GroupBy(key => key.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add($"{ServiceKeysOptions.SectionName} has {id.Count()} keys of the Id '{id.Key}'; give each an Id of its own.");
        }

        var live = options.Keys.Where(key => key.ExpiresAt > now).GroupBy(key => key.ClientName, StringComparer.Ordinal);
        foreach (var client in live.Where(group => group.Count() > ServiceKeysOptions.MaxLiveKeysPerClient))
        {
            faults.Add($"{ServiceKeysOptions.SectionName} has {client.Count()} live keys of the client '{client.Key}'; remove the oldest until two are left.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(ServiceKeyEntry key, string path, DateTimeOffset now, List<string> faults)
    {
        if (!ServiceKey.IsId(key.Id))
        {
            faults.Add($"{path}:Id must be 1 to {ServiceKey.MaxIdCharacters} of a-z, 0-9 and hyphen.");
        }

        // A colon would part the name in options and in the client's id.
        if (key.Client is { } client && (client.Length > ServiceKeysOptions.MaxClientCharacters || client.AsSpan().ContainsAnyExcept(ClientCharacters)))
        {
            faults.Add($"{path}:Client must be at most {ServiceKeysOptions.MaxClientCharacters} of A-Z, a-z, 0-9, dot, hyphen and underscore.");
        }

        if (key.Hash is not { Length: HashCharacters } || key.Hash.AsSpan().ContainsAnyExcept(LowerHex))
        {
            faults.Add($"{path}:Hash must be the SHA-256 of the key's secret part in 64 lower-case hex digits.");
        }

        if (key.Scopes.Count == 0)
        {
            faults.Add($"{path}:Scopes is empty; name at least one of {string.Join(", ", ScopeNames.All)}.");
        }

        foreach (var scope in key.Scopes.Where(scope => ScopeNames.Parse(scope) == Scopes.None))
        {
            faults.Add($"{path}:Scopes names '{scope}', which does not exist; valid: {string.Join(", ", ScopeNames.All)}.");
        }

        if (key.ExpiresAt == default)
        {
            faults.Add($"{path}:ExpiresAt is missing; set a time such as 2030-01-31T00:00:00Z, at most 90 days ahead.");
        }
        else if (key.ExpiresAt - now > ServiceKeysOptions.MaxLifetime)
        {
            faults.Add($"{path}:ExpiresAt is more than 90 days ahead; a key must expire within 90 days.");
        }
    }
}
