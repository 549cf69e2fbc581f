using System.Collections.Frozen;

namespace SessionApi.Contract;

/// <summary>Names of scopes in configuration and tokens.</summary>
public static class ScopeNames
{
    private static readonly FrozenDictionary<string, Scopes> ByName = new Dictionary<string, Scopes>(StringComparer.Ordinal)
    {
        ["sessions.create"] = Scopes.Create,
        ["sessions.introspect"] = Scopes.Introspect,
        ["sessions.read"] = Scopes.Read,
        ["sessions.data"] = Scopes.Data,
        ["sessions.touch"] = Scopes.Touch,
        ["sessions.revoke"] = Scopes.Revoke,
        ["sessions.operate"] = Scopes.Operate,
        ["sessions.keyed"] = Scopes.Keyed,
        ["sessions.support"] = Scopes.Support,
        ["sessions.events"] = Scopes.Events,
        ["sessions.endings"] = Scopes.Endings,
        ["sessions.audit"] = Scopes.Audit,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets all names, in the order of <see cref="Scopes"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ByName.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>Returns the scope of a name; <see cref="Scopes.None"/> for an unknown name.</summary>
    public static Scopes Parse(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Returns the name of a single scope.</summary>
    public static string Of(Scopes scope) => ByName.First(pair => pair.Value == scope).Key;

    /// <summary>Returns the names of scopes, in the order of <see cref="Scopes"/>.</summary>
    internal static IEnumerable<string> NamesOf(Scopes scopes) => All.Where(name => (Parse(name) & scopes) != Scopes.None);

    /// <summary>Adds the scopes that others include.</summary>
    internal static Scopes WithIncluded(Scopes scopes) => (scopes & Scopes.Operate) == Scopes.None ? scopes : scopes | Scopes.Support;

    internal static Scopes Parse(IEnumerable<string> names) => names.Aggregate(Scopes.None, (scopes, name) => scopes | Parse(name));
}
