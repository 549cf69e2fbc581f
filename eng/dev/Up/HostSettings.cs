using System.Globalization;
using System.Security.Cryptography;
using SessionApi.Callers;

namespace Dev.Up;

/// <summary>What a host is configured with for development. Its keys are drawn for each start, so nothing outlives a run.</summary>
internal sealed class HostSettings
{
    private const int RingKeyBytes = 32;
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(30);

    public HostSettings(int port, string tables, string? redis)
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        Port = port;
        Tables = tables;
        Redis = redis;
    }

    /// <summary>Gets where the host answers.</summary>
    public string Url { get; }

    public int Port { get; }

    /// <summary>Gets the connection string of the table store.</summary>
    public string Tables { get; }

    /// <summary>Gets host:port of Redis; null without a cache.</summary>
    public string? Redis { get; }

    /// <summary>Gets a key that may do everything a service may.</summary>
    public ServiceKey Service { get; } = ServiceKey.New("dev");

    /// <summary>Gets a key for maintenance.</summary>
    public ServiceKey Operator { get; } = ServiceKey.New("dev-operator");

    /// <summary>Gives the environment variables that carry all of it.</summary>
    public IReadOnlyDictionary<string, string> ToEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = Url,
            ["Tables__ConnectionString"] = Tables,
            ["Cache__ConnectionString"] = Redis ?? string.Empty,
            ["Keys__Ring__0__Id"] = "1",
            ["Keys__Ring__0__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(RingKeyBytes)),
            ["Keys__Ring__0__State"] = "Active",
        };
        Add(variables, index: 0, Service, ScopeNames.All.Where(name => ScopeNames.Parse(name) is not Scopes.Operate));
        Add(variables, index: 1, Operator, [ScopeNames.Of(Scopes.Operate)]);
        return variables;
    }

    private static void Add(Dictionary<string, string> variables, int index, ServiceKey key, IEnumerable<string> scopes)
    {
        var entry = string.Create(CultureInfo.InvariantCulture, $"ServiceKeys__{index}__");
        variables[entry + "Id"] = key.Id;
        variables[entry + "Hash"] = key.Hash;
        variables[entry + "ExpiresAt"] = (TimeProvider.System.GetUtcNow() + KeyLifetime).ToString("O", CultureInfo.InvariantCulture);
        foreach (var (i, scope) in scopes.Index())
        {
            variables[string.Create(CultureInfo.InvariantCulture, $"{entry}Scopes__{i}")] = scope;
        }
    }
}
