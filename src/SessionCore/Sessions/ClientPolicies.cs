using System.Globalization;

namespace SessionCore.Sessions;

/// <summary>The options of single clients: how a client is found by its id, and what its options may say.</summary>
internal static class ClientPolicies
{
    private static readonly TimeSpan Shortest = TimeSpan.Parse(SessionProfile.Shortest, CultureInfo.InvariantCulture);
    private static readonly TimeSpan Longest = TimeSpan.Parse(SessionProfile.Longest, CultureInfo.InvariantCulture);

    /// <summary>Returns the name under which options speak of a client.</summary>
    /// <param name="client">Its id, a kind and a name such as <c>key:web-shop</c>; or the name as an option spells it.</param>
    /// <remarks>App settings of Azure Functions on Linux take no hyphen, and variables of an environment may be in upper case.</remarks>
    public static string NameOf(string client) => client[(client.LastIndexOf(':') + 1)..].Replace('_', '-').ToLowerInvariant();

    /// <summary>Lists what is wrong with the options of clients. Each fault begins with the option's name.</summary>
    public static IEnumerable<string> FaultsOf(SessionPolicyOptions options)
    {
        foreach (var same in options.Clients.Keys.GroupBy(NameOf, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"Sessions:Clients:{same.First()} is given as {string.Join(" and ", same.Skip(1))} too. Write a client once: case does not count, and _ is as -.";
        }

        foreach (var (name, client) in options.Clients)
        {
            (string Name, ClientProfileOptions Own, SessionProfile All)[] profiles =
            [
                (nameof(client.Aal1), client.Aal1, options.Aal1),
                (nameof(client.Aal2), client.Aal2, options.Aal2),
                (nameof(client.Aal3), client.Aal3, options.Aal3),
                (nameof(client.Persistent), client.Persistent, options.Persistent),
            ];
            foreach (var fault in profiles.SelectMany(profile => FaultsOf($"Sessions:Clients:{name}", profile.Name, profile.Own, profile.All)))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> FaultsOf(string client, string profile, ClientProfileOptions own, SessionProfile all)
    {
        var path = $"{client}:{profile}";
        (string Name, TimeSpan? Value)[] values = [(nameof(own.AbsoluteLifetime), own.AbsoluteLifetime), (nameof(own.IdleTimeout), own.IdleTimeout)];
        foreach (var (name, _) in values.Where(value => value.Value < Shortest || value.Value > Longest))
        {
            yield return $"{path}:{name} must be between {SessionProfile.Shortest} and {SessionProfile.Longest}.";
        }

        // What the client leaves to the options of all is checked there.
        if (own.AbsoluteLifetime is null && own.IdleTimeout is null)
        {
            yield break;
        }

        var limits = own.Over(all);
        if (limits.IdleTimeout > limits.AbsoluteLifetime)
        {
            yield return $"{path}:IdleTimeout ({Shown(own.IdleTimeout, limits.IdleTimeout, profile)}) may not exceed "
                + $"{path}:AbsoluteLifetime ({Shown(own.AbsoluteLifetime, limits.AbsoluteLifetime, profile)}).";
        }

        if (profile == nameof(SessionPolicyOptions.Aal3) && limits.AbsoluteLifetime > SessionPolicyOptions.MaxAal3Lifetime)
        {
            yield return $"{path}:AbsoluteLifetime ({limits.AbsoluteLifetime}) may not exceed 12 hours (NIST SP 800-63B-4 2.3.3).";
        }
    }

    private static string Shown(TimeSpan? own, TimeSpan value, string profile) => own is null ? $"{value}, from Sessions:{profile}" : $"{value}";
}
