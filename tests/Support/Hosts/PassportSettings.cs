using SessionApi.Passports;

namespace Support.Hosts;

/// <summary>Settings of a host that issues passports to the client of <see cref="HostConfiguration.Service"/>.</summary>
public static class PassportSettings
{
    /// <summary>The issuer.</summary>
    public const string Issuer = "https://sessions.example.com";

    /// <summary>The audience.</summary>
    public const string Audience = "orders";

    /// <summary>Makes them, with a key of their own.</summary>
    public static IReadOnlyDictionary<string, string> New() => new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Events:Enabled"] = "true",
        ["Events:Log:Enabled"] = "true",
        ["Passports:Enabled"] = "true",
        ["Passports:Issuer"] = Issuer,
        ["Passports:Audiences:0:Name"] = Audience,
        ["Passports:Audiences:0:Clients:0"] = "dev",
        ["Passports:Keys:0:Key"] = PassportKeyOptions.New().Key,
        ["Passports:Keys:0:State"] = "Active",
    };
}
