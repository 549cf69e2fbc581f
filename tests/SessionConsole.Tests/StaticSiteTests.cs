using System.Diagnostics;
using System.Text.Json;
using Support.Hosts;

namespace SessionConsole.Tests;

/// <summary>The console as a static site sends what SessionServer sends.</summary>
[Collection(nameof(ConsoleSite))]
public sealed class StaticSiteTests(ConsoleSite site) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("console-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_has_the_headers_of_the_server_and_may_call_the_api_and_the_authority()
    {
        Assert.Equal(0, await WriteAsync(clientId: "99999999-8888-7777-6666-555555555555"));
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(site.Server.Url, "/console/"));
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "staticwebapp.config.json")));
        var headers = written.RootElement.GetProperty("globalHeaders").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.Ordinal);

        Assert.Equal(
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            headers["Content-Security-Policy"].Replace(" https://api.example.com https://login.microsoftonline.com", "", StringComparison.Ordinal));
        headers.Remove("Content-Security-Policy");
        Assert.All(headers, header => Assert.Equal(header.Value, string.Join(", ", answer.Headers.GetValues(header.Key))));
        using var configuration = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "config.json")));
        Assert.Equal("https://api.example.com/api", configuration.RootElement.GetProperty("apiUrl").GetString());
        Assert.Equal("https://login.microsoftonline.com/tenant", configuration.RootElement.GetProperty("entra").GetProperty("authority").GetString());
    }

    [Fact]
    public async Task What_is_missing_is_named() => Assert.NotEqual(0, await WriteAsync(clientId: ""));

    private async Task<int> WriteAsync(string clientId)
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(BuiltAssembly.Find("src", "SessionServer"))!, "..", "..", "..", "..", ".."));
        var start = new ProcessStartInfo("node", [Path.Combine(root, "src", "SessionConsole", "build", "site.mjs"), _folder.FullName]) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["SESSION_API_URL"] = "https://api.example.com/api";
        start.Environment["AZURE_TENANT_ID"] = "tenant";
        start.Environment["CONSOLE_CLIENT_ID"] = clientId;
        start.Environment["CONSOLE_SCOPE"] = "api://sessions/.default";
        using var node = Process.Start(start) ?? throw new InvalidOperationException("'node' did not start. Install Node 20 or newer.");
        var told = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.Equal(clientId.Length == 0, told.Contains("CONSOLE_CLIENT_ID is not set", StringComparison.Ordinal));
        return node.ExitCode;
    }
}
