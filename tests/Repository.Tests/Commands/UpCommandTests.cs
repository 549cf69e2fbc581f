using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SessionTesting.Servers;

namespace Repository.Tests.Commands;

/// <summary>The command itself, as a newcomer runs it.</summary>
public sealed class UpCommandTests
{
    // A first run compiles the host.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_serves_the_api_says_so_in_one_line_and_leaves_nothing_running()
    {
        using var up = Start("--json", "--port", $"{FreePort.Next()}");
        var errors = up.StandardError.ReadToEndAsync();
        using var json = JsonDocument.Parse(await up.StandardOutput.ReadLineAsync().WaitAsync(StartLimit, TimeProvider.System) ?? await errors);
        var said = json.RootElement;
        using var client = new HttpClient { BaseAddress = new Uri(said.GetProperty("url").GetString()!) };

        await TakeTheTourAsync(client, said.GetProperty("serviceKey").GetString()!);
        using var operations = await SendAsync(client, HttpMethod.Get, "api/v1/sessions?userId=alice", said.GetProperty("operatorKey").GetString()!);
        Assert.Equal(HttpStatusCode.Forbidden, operations.StatusCode);
        using var docs = await client.GetAsync(new Uri("docs", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, docs.StatusCode);

        using var kill = Process.Start("kill", ["-s", "TERM", $"{up.Id}"]);
        Assert.Empty(await up.StandardOutput.ReadToEndAsync().WaitAsync(StopLimit, TimeProvider.System));
        await up.WaitForExitAsync().WaitAsync(StopLimit, TimeProvider.System);
        Assert.Equal(0, up.ExitCode);
        Assert.True(await IsClosedAsync(client.BaseAddress.Port), "The host still listens.");
        Assert.True(await IsClosedAsync(PortOf(said.GetProperty("redis").GetString()!)), "Redis still listens.");
        Assert.True(await IsClosedAsync(PortOf(said.GetProperty("tables").GetString()!.Split("TableEndpoint=")[1].Split('/')[2])), "Azurite still listens.");
    }

    [Fact]
    public async Task A_port_in_use_is_said_before_anything_is_started()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        using var up = Start("--json", "--port", $"{port}");
        var output = up.StandardOutput.ReadToEndAsync();
        var errors = await up.StandardError.ReadToEndAsync().WaitAsync(StartLimit, TimeProvider.System);

        await up.WaitForExitAsync().WaitAsync(StopLimit, TimeProvider.System);
        Assert.Equal(1, up.ExitCode);
        Assert.Empty(await output);
        Assert.Contains($"Port {port} is in use.", errors, StringComparison.Ordinal);
    }

    private static async Task TakeTheTourAsync(HttpClient client, string serviceKey)
    {
        using var created = await SendAsync(client, HttpMethod.Post, "api/v1/sessions", serviceKey, new { userId = "alice" });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var session = await JsonDocument.ParseAsync(await created.Content.ReadAsStreamAsync());
        var token = session.RootElement.GetProperty("token").GetString()!;

        using var mine = await SendAsync(client, HttpMethod.Get, "api/v1/session", token);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        using var ended = await SendAsync(client, HttpMethod.Delete, "api/v1/sessions?userId=alice", serviceKey);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        using var refused = await SendAsync(client, HttpMethod.Get, "api/v1/session", token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string credential, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await client.SendAsync(request);
    }

    private static Process Start(params IReadOnlyList<string> arguments) => Process.Start(
        Dotnet.StartInfo(RepositoryFiles.Root, new Dictionary<string, string>(StringComparer.Ordinal), ["dev.cs", "up", .. arguments]))!;

    private static int PortOf(string address) => int.Parse(address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<bool> IsClosedAsync(int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }
}
