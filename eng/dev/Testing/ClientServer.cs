using System.Net;
using Dev.Setup;
using Dev.Up;
using Support.Servers;

namespace Dev.Testing;

/// <summary>The API that the tests of clients call: the Kestrel host in cookie mode.</summary>
internal sealed class ClientServer : IAsyncDisposable
{
    // The suites share an address, and each shows what a wrong key does.
    private static readonly (string Name, string Value)[] Settings =
    [
        ("Cookies__Enabled", "true"),
        ("RateLimit__Failures", "1000000"),
        ("Events__Enabled", "true"),
        ("Events__Log__Enabled", "true"),
        ("Passports__Enabled", "true"),
        ("Passports__Issuer", "https://sessions.example.com"),
        ("Passports__Audiences__0__Name", "orders"),
        ("Passports__Audiences__0__Clients__0", "dev"),
    ];

    private readonly ServerProcess _host;

    private ClientServer(ServerProcess host, HostSettings settings)
    {
        _host = host;
        Url = settings.Url + "/api";
        Key = settings.ServiceKey;
    }

    /// <summary>Gets its address with the base path.</summary>
    public string Url { get; }

    /// <summary>Gets a key that may do everything a service may.</summary>
    public string Key { get; }

    /// <summary>Builds the host and starts it on a free port.</summary>
    /// <param name="tables">The connection string of the table store.</param>
    /// <param name="redis">Host and port of Redis.</param>
    /// <param name="progress">Receives progress messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ClientServer> StartAsync(string tables, string redis, Progress progress, CancellationToken cancellationToken)
    {
        var options = UpOptions.Parse([]);
        await HostProject.BuildAsync(options, progress, cancellationToken);
        using var step = progress.Begin("starting the host for the tests of clients");
        var settings = new HostSettings(FreePort.Next(), tables, redis);
        var program = HostProject.Program(options, settings, _ => { });
        var environment = new Dictionary<string, string>(program.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in Settings)
        {
            environment[name] = value;
        }

        using var client = new HttpClient();
        var host = await ServerProcess.StartAsync(
            program with { Environment = environment },
            async token => await Answers.StatusAsync(client, settings.Url + "/api/health/ready", token) is HttpStatusCode.OK,
            cancellationToken);
        return new ClientServer(host, settings);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
