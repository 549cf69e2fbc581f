using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Support.Servers;

namespace Repository.Tests.Commands;

/// <summary>The command itself, as a newcomer runs it.</summary>
public sealed class UpCommandTests
{
    // A first run compiles the host.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    // The first twenty users of the demo.
    private static readonly string[] DemoNames =
    [
        "ada", "ben", "chloe", "dario", "elif", "finn", "grace", "hugo", "ines", "jonas",
        "kira", "leo", "mia", "noah", "olga", "pablo", "quinn", "rosa", "sven", "tara",
    ];

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_serves_the_api_says_so_in_one_line_and_leaves_nothing_running(string signal)
    {
        using var up = await RunAsync();
        await TakeTheTourAsync(up.Client, up.ServiceKey);
        using var operations = await SendAsync(up.Client, HttpMethod.Post, "api/v1/sessions", up.Said("operatorKey"));
        Assert.Equal(HttpStatusCode.Forbidden, operations.StatusCode);
        using var docs = await up.Client.GetAsync(new Uri("docs", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, docs.StatusCode);

        // A shell lets its background processes ignore SIGINT, the SDK's host among them; the commands take it again.
        await StopAsync(up, signal, signal == "TERM" ? $"{up.Process.Id}" : up.Said("processId"));

        Assert.Equal(0, up.Process.ExitCode);
        Assert.True(await IsClosedAsync(up.Client.BaseAddress!.Port), "The host still listens.");
        Assert.True(await IsClosedAsync(PortOf(up.Said("redis"))), "Redis still listens.");
        Assert.True(await IsClosedAsync(PortOf(up.Said("tables").Split("TableEndpoint=")[1].Split('/')[2])), "Azurite still listens.");
    }

    [Fact]
    public async Task Keys_and_sessions_survive_a_restart_and_fresh_starts_anew()
    {
        string token;
        string serviceKey;
        using (var first = await RunAsync("--no-redis", "--fresh"))
        {
            serviceKey = first.ServiceKey;
            using var created = await SendAsync(first.Client, HttpMethod.Post, "api/v1/sessions", serviceKey, new { userId = "bob" });
            using var session = await JsonDocument.ParseAsync(await created.Content.ReadAsStreamAsync());
            token = session.RootElement.GetProperty("token").GetString()!;
            await StopAsync(first, "TERM", $"{first.Process.Id}");
        }

        using (var second = await RunAsync("--no-redis"))
        {
            Assert.Equal(serviceKey, second.ServiceKey);
            using var mine = await SendAsync(second.Client, HttpMethod.Get, "api/v1/session", token);
            Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
            await StopAsync(second, "TERM", $"{second.Process.Id}");
        }

        using var fresh = await RunAsync("--no-redis", "--fresh");
        Assert.NotEqual(serviceKey, fresh.ServiceKey);
        await StopAsync(fresh, "TERM", $"{fresh.Process.Id}");
    }

    [Fact]
    public async Task A_demo_has_the_users_that_were_asked_for_with_plausible_sessions()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var up = await RunAsync("--demo", "--demo-users", "20", "--no-redis", "--fresh");

        // The purge has deleted what lapsed, so a few users may have nothing left.
        var users = new List<IReadOnlyList<JsonElement>>();
        foreach (var name in DemoNames)
        {
            users.Add(await SessionsOfAsync(up, $"{name}.abbott0@example.com"));
        }

        JsonElement[] sessions = [.. users.SelectMany(user => user)];
        Assert.InRange(users.Count(user => user.Count > 0), 15, 20);
        Assert.Empty(await SessionsOfAsync(up, "ada.berg0@example.com"));
        Assert.All(sessions, session =>
        {
            Assert.InRange(session.GetProperty("createdAt").GetDateTimeOffset(), now - TimeSpan.FromDays(7.1), TimeProvider.System.GetUtcNow());
            Assert.Equal(IsLive(session), !session.TryGetProperty("endReason", out _));
        });
        var live = sessions.Where(IsLive).ToList();
        Assert.All(live, session => Assert.NotEqual(JsonValueKind.Null, session.GetProperty("device").GetProperty("name").ValueKind));
        Assert.All(sessions.Where(session => !IsLive(session)), session => Assert.InRange(
            session.GetProperty("endedAt").GetDateTimeOffset(),
            session.GetProperty("createdAt").GetDateTimeOffset(),
            session.GetProperty("idleExpiresAt").GetDateTimeOffset()));
        Assert.Contains(live, session => session.GetProperty("device").GetProperty("ipAddress").GetString()!.StartsWith("203.0.113.", StringComparison.Ordinal));

        // One that lapses meanwhile is still counted.
        using var overview = await ReadAsync(up, "api/v1/operations/overview");
        Assert.InRange(live.Count, 1, sessions.Length - 1);
        Assert.InRange(overview.RootElement.GetProperty("sessions").GetProperty("live").GetInt32(), live.Count, sessions.Length);
        Assert.True(overview.RootElement.GetProperty("hours").EnumerateArray().Sum(hour => hour.GetProperty("created").GetInt32()) > 0);
        await StopAsync(up, "TERM", $"{up.Process.Id}");
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

    private static bool IsLive(JsonElement session) => session.GetProperty("state").GetString() == "live";

    private static async Task<IReadOnlyList<JsonElement>> SessionsOfAsync(RunningUp up, string user)
    {
        using var found = await ReadAsync(up, $"api/v1/operations/sessions?state=all&userId={Uri.EscapeDataString(user)}");
        return [.. found.RootElement.GetProperty("sessions").EnumerateArray().Select(session => session.Clone())];
    }

    private static async Task<JsonDocument> ReadAsync(RunningUp up, string path)
    {
        using var answer = await SendAsync(up.Client, HttpMethod.Get, path, up.Said("operatorKey"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
    }

    // As "dotnet dev.cs up &" in a script.
    private static Process Start(params IReadOnlyList<string> arguments)
    {
        string[] command = ["dev.cs", "up", "--data", Path.Combine(AppContext.BaseDirectory, "up"), .. arguments];
        var start = Dotnet.StartInfo(RepositoryFiles.Root, new Dictionary<string, string>(StringComparer.Ordinal), command);
        string[] inBackground = ["-c", "trap '' INT; exec \"$@\"", "background", start.FileName, .. command];
        start.ArgumentList.Clear();
        start.FileName = "/bin/sh";
        foreach (var argument in inBackground)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<RunningUp> RunAsync(params IReadOnlyList<string> arguments)
    {
        var up = Start(["--json", "--port", $"{FreePort.Next()}", .. arguments]);
        var errors = up.StandardError.ReadToEndAsync();
        var line = await up.StandardOutput.ReadLineAsync().WaitAsync(StartLimit, TimeProvider.System);
        return new RunningUp(up, JsonDocument.Parse(line ?? await errors));
    }

    private static async Task StopAsync(RunningUp up, string signal, string receiver)
    {
        using var kill = Process.Start("kill", ["-s", signal, receiver]);
        Assert.Empty(await up.Process.StandardOutput.ReadToEndAsync().WaitAsync(StopLimit, TimeProvider.System));
        await up.Process.WaitForExitAsync().WaitAsync(StopLimit, TimeProvider.System);
    }

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

    private sealed class RunningUp(Process process, JsonDocument said) : IDisposable
    {
        public Process Process => process;

        public HttpClient Client { get; } = new() { BaseAddress = new Uri(said.RootElement.GetProperty("url").GetString()!) };

        public string ServiceKey => Said("serviceKey");

        public string Said(string name) => said.RootElement.GetProperty(name).ToString();

        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            Client.Dispose();
            said.Dispose();
            process.Dispose();
        }
    }
}
