using System.Globalization;
using System.Security.Cryptography;
using SessionApi.Callers;
using SessionApi.Contract;

namespace Support.Hosts;

/// <summary>The configuration of a host for tests and development. Its keys are random, so nothing outlives it.</summary>
public sealed class HostConfiguration
{
    private const int RingKeyBytes = 32;
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(30);

    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes one.</summary>
    /// <param name="tables">The connection string of the table store.</param>
    /// <param name="redis">Host and port of Redis; null to run without a cache.</param>
    public HostConfiguration(string tables, string? redis)
    {
        _settings["DOTNET_ENVIRONMENT"] = "Development";
        _settings["Tables:ConnectionString"] = tables;
        _settings["Cache:ConnectionString"] = redis ?? string.Empty;
        _settings["Keys:Ring:0:Id"] = "1";
        _settings["Keys:Ring:0:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(RingKeyBytes));
        _settings["Keys:Ring:0:State"] = "Active";
        Add(index: 0, Service, ScopeNames.All.Where(name => ScopeNames.Parse(name) is not Scopes.Operate));
        Add(index: 1, Operator, [ScopeNames.Of(Scopes.Operate)]);
    }

    /// <summary>Gets the key of a service with every scope but the operator's.</summary>
    public ServiceKey Service { get; } = ServiceKey.New("dev");

    /// <summary>Gets an operator's key.</summary>
    public ServiceKey Operator { get; } = ServiceKey.New("dev-operator");

    /// <summary>Gets the settings by their names in configuration (<c>Tables:ConnectionString</c>).</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>Gives settings as the environment variables that carry them, with the one that says where a host listens.</summary>
    /// <param name="settings">The settings by their names in configuration.</param>
    /// <param name="url">Where the host listens.</param>
    public static IReadOnlyDictionary<string, string> ToEnvironment(IReadOnlyDictionary<string, string> settings, Uri url)
    {
        var variables = settings.ToDictionary(
            setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value, StringComparer.Ordinal);
        variables["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority);
        return variables;
    }

    private void Add(int index, ServiceKey key, IEnumerable<string> scopes)
    {
        var entry = string.Create(CultureInfo.InvariantCulture, $"ServiceKeys:{index}:");
        _settings[entry + "Id"] = key.Id;
        _settings[entry + "Hash"] = key.Hash;
        _settings[entry + "ExpiresAt"] = (TimeProvider.System.GetUtcNow() + KeyLifetime).ToString("O", CultureInfo.InvariantCulture);
        foreach (var (i, scope) in scopes.Index())
        {
            _settings[string.Create(CultureInfo.InvariantCulture, $"{entry}Scopes:{i}")] = scope;
        }
    }
}
