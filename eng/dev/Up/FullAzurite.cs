using System.Globalization;
using System.Net;
using Support.Servers;

namespace Dev.Up;

/// <summary>Azurite with blobs and queues besides tables: the Functions platform keeps its timers' leases in blobs.</summary>
internal static class FullAzurite
{
    /// <summary>Starts it on free ports.</summary>
    /// <param name="folder">Where it keeps its data when it is asked to end; null to keep nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The process and its connection string.</returns>
    public static async Task<(ServerProcess Server, string ConnectionString)> StartAsync(string? folder, CancellationToken cancellationToken)
    {
        string[] services = ["blob", "queue", "table"];
        var ports = services.ToDictionary(service => service, _ => FreePort.Next(), StringComparer.Ordinal);
        var program = new ServerProgram(
            "node",
            [
                Repository.PathOf("node_modules", "azurite", "dist", "src", "azurite.js"),
                .. services.SelectMany(service => (string[])[$"--{service}Port", ports[service].ToString(CultureInfo.InvariantCulture)]),
                "--skipApiVersionCheck", "--disableTelemetry", "--silent", .. folder is null ? (string[])["--inMemoryPersistence"] : ["--location", folder],
            ],
            "Run 'npm ci' at the root of the repository (Node 20 or later).");
        using var client = new HttpClient();
        var server = await ServerProcess.StartAsync(
            program,
            async token =>
            {
                foreach (var port in ports.Values)
                {
                    if (await Answers.StatusAsync(client, $"http://127.0.0.1:{port}/", token) == default(HttpStatusCode))
                    {
                        return false;
                    }
                }

                return true;
            },
            cancellationToken);
        var endpoints = services.Select(service =>
            $"{char.ToUpperInvariant(service[0])}{service[1..]}Endpoint=http://127.0.0.1:{ports[service].ToString(CultureInfo.InvariantCulture)}/{AzuriteServer.Account};");
        return (server, $"DefaultEndpointsProtocol=http;AccountName={AzuriteServer.Account};AccountKey={AzuriteServer.AccountKey};{string.Concat(endpoints)}");
    }
}
