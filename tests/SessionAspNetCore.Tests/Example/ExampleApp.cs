using System.Globalization;
using SessionAspNetCore.Tests.Hosting;
using Support.Hosts;
using Support.Servers;

namespace SessionAspNetCore.Tests.Example;

/// <summary>The example application as a process of its own.</summary>
internal sealed class ExampleApp : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private ExampleApp(ServerProcess process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Gets where it listens. Browsers take cookies that are Secure from this host without TLS.</summary>
    public Uri Address { get; }

    /// <summary>Starts it.</summary>
    public static async Task<ExampleApp> StartAsync(ApiServer api)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Next()}"));
        var built = BuiltAssembly.Find(Path.Combine("clients", "examples"), "aspnetcore", "AspNetCoreExample");
        var program = new ServerProgram(DotnetHost.Program, [built, "--contentRoot", Root(built)], "Build the solution first: 'dotnet build'.")
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["SESSIONS_URL"] = api.DirectAddress.ToString(),
                ["SESSIONS_KEY"] = api.ServiceKey,
            },
        };
        var process = await ServerProcess.StartAsync(program, token => AnswersAsync(address, token), CancellationToken.None);
        return new ExampleApp(process, address);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // The project's folder, where wwwroot is: above bin, the configuration and the framework.
    private static string Root(string built) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(built)!, "..", "..", ".."));

    private static async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
