using System.Globalization;
using System.Security.Cryptography;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Passports;

namespace Bench.Runner.Servers;

/// <summary>Servers of the product, published as for deployment, all with the same keys, so that one's tokens are good at another.</summary>
internal sealed class OurServers
{
    private const string Project = "src/SessionServer";
    private const string Assembly = "SessionServer.dll";
    private const string ReadyPath = "/api/health/ready";
    private const string Issuer = "https://sessions.example.com";

    private readonly Stand _stand;
    private readonly string _assembly;
    private readonly string _passportKey = PassportKeyOptions.New().Key;
    private readonly Dictionary<string, string> _variables;

    private OurServers(Stand stand, string assembly, TimeProvider time)
    {
        _stand = stand;
        _assembly = assembly;
        var key = ServiceKey.New("bench");
        ServiceKeyText = key.Reveal();
        RingKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        _variables = stand.StoreVariables();
        _variables["Keys__Ring__0__Id"] = "1";
        _variables["Keys__Ring__0__Key"] = RingKey;
        _variables["Keys__Ring__0__State"] = "Active";
        _variables["ServiceKeys__0__Id"] = key.Id;
        _variables["ServiceKeys__0__Hash"] = key.Hash;
        _variables["ServiceKeys__0__ExpiresAt"] = time.GetUtcNow().AddDays(30).ToString("O", CultureInfo.InvariantCulture);
        for (var scope = 0; scope < ScopeNames.All.Count; scope++)
        {
            _variables[string.Create(CultureInfo.InvariantCulture, $"ServiceKeys__0__Scopes__{scope}")] = ScopeNames.All[scope];
        }

        // Users of the bench may have as many sessions as a user can have, and bad tokens come on purpose.
        _variables["Sessions__MaxSessionsPerUser"] = "98";
        _variables["RateLimit__Failures"] = "1000000";
        _variables["RateLimit__FailureWindow"] = "00:00:01";

        // A store that is slow under load is measured, not given up on.
        _variables["Tables__TryTimeout"] = "00:00:05";
        _variables["Tables__TotalTimeout"] = "00:00:10";
        _variables["Logging__LogLevel__Default"] = "Warning";

        // A hit is measured as a hit: at the default age of 30 seconds whole sets of sessions would lapse within a window now and then, and
        // their reading from the table, which is measured by itself, would be in it.
        _variables["Cache__MaxAge"] = "00:05:00";

        // What runs by itself now and then would hit one contender and not the other.
        _variables["Maintenance__Timers"] = "false";
    }

    /// <summary>The audience of passports.</summary>
    public const string Audience = "orders";

    public string ServiceKeyText { get; }

    /// <summary>Gets the settings that all of them share.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Gets the key of the ring in base64, for a core in this process that writes what the servers read.</summary>
    public string RingKey { get; }

    public static async Task<OurServers> PublishAsync(Stand stand, TimeProvider time, CancellationToken cancellationToken)
        => new(stand, await stand.Repository.PublishServerAsync(Project, Assembly, cancellationToken), time);

    /// <summary>Starts one more server, which is stopped with the stand.</summary>
    /// <param name="name">In the tables.</param>
    /// <param name="changes">Variables that differ; an empty value takes one away.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<BenchServer> StartAsync(string name, IReadOnlyDictionary<string, string> changes, CancellationToken cancellationToken)
        => _stand.StartAsync(RecipeOf(name, changes), cancellationToken);

    /// <summary>Publishes and starts the server of another checkout, under the name of its folder.</summary>
    public async Task<BenchServer> StartOtherAsync(string checkout, CancellationToken cancellationToken)
    {
        var assembly = await Repository.At(checkout).PublishServerAsync(Project, Assembly, cancellationToken);
        return await _stand.StartAsync(Recipes.Dotnet(Path.GetFileName(checkout), assembly, _stand.Gauge, _variables, ReadyPath), cancellationToken);
    }

    /// <summary>Starts an application for a contest of authentications.</summary>
    /// <param name="name">In the tables.</param>
    /// <param name="scheme">Its authentication; empty for none.</param>
    /// <param name="api">The server of the product that it asks.</param>
    /// <param name="assembly">The application.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<BenchServer> StartApplicationAsync(string name, string scheme, BenchServer api, string assembly, CancellationToken cancellationToken)
        => _stand.StartAsync(ApplicationOf(name, scheme, AddressOf(api), assembly), cancellationToken);

    /// <summary>How an application for a contest of authentications is started.</summary>
    public ServerRecipe ApplicationOf(string name, string scheme, string api, string assembly, string endingsPerSecond = "0")
        => Recipes.Dotnet(name, assembly, _stand.Gauge, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AUTHENTICATION"] = scheme,
            ["REDIS"] = _stand.Redis.Address,
            ["SESSIONS_URL"] = api,
            ["SESSIONS_KEY"] = ServiceKeyText,
            ["ISSUER"] = Issuer,
            ["AUDIENCE"] = Audience,
            ["ENDINGS_PER_SECOND"] = endingsPerSecond,
        });

    /// <summary>The address of a server with the base path.</summary>
    public static string AddressOf(BenchServer server) => new UriBuilder(Uri.UriSchemeHttp, server.Endpoint.Address.ToString(), server.Endpoint.Port, "api").Uri.ToString();

    /// <summary>Starts a server that issues passports, on tables of its own: its events are rows beside the sessions.</summary>
    public Task<BenchServer> StartIssuerAsync(CancellationToken cancellationToken) => StartAsync(
        "ours, passports",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Tables__SessionsTable"] = "passportsessions",
            ["Tables__DueTable"] = "passportsessionsdue",
            ["Events__Enabled"] = "true",
            ["Events__Log__Enabled"] = "true",
            ["Passports__Enabled"] = "true",
            ["Passports__Issuer"] = Issuer,
            ["Passports__Lifetime"] = "00:10:00",
            ["Passports__Audiences__0__Name"] = Audience,
            ["Passports__Audiences__0__Clients__0"] = "bench",
            ["Passports__Keys__0__Key"] = _passportKey,
            ["Passports__Keys__0__State"] = "Active",
        },
        cancellationToken);

    public ServerRecipe RecipeOf(string name, IReadOnlyDictionary<string, string> changes)
    {
        var variables = new Dictionary<string, string>(_variables, StringComparer.Ordinal);
        foreach (var (variable, value) in changes)
        {
            variables[variable] = value;
        }

        return Recipes.Dotnet(name, _assembly, _stand.Gauge, variables, ReadyPath);
    }
}
