using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionServer.Tests.Documents.Receivers;

/// <summary>The receivers of docs/events.md are the ones that run here, and they take what a server delivers and nothing else.</summary>
public sealed class ReceiverTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_page_shows_the_receivers_that_run_here()
    {
        Document.AssertPart("docs/events.md", "express", ["```js", .. Shown("express.mjs"), "```"]);
        Document.AssertPart("docs/events.md", "aspnetcore", ["```csharp", .. Shown("AspNetCoreReceiver.cs"), "```"]);
    }

    [Fact]
    public async Task The_receiver_in_Express_takes_a_delivery()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var port = FreePort.Next();
        var ended = new Arrivals();
        var program = new ServerProgram("node", [Path.Combine(Folder(), "express.mjs")], "Run 'npm ci' at the root of the repository.")
        {
            OnLine = ended.Read,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["SESSIONS_WEBHOOK_SECRET"] = Secret,
            },
        };
        await using var receiver = await ServerProcess.StartAsync(
            program, _ => Task.FromResult(ended.IsListening), deadline.Token);

        await TakesADeliveryAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/hooks/sessions")), ended, deadline.Token);
    }

    [Fact]
    public async Task The_receiver_in_ASP_NET_Core_takes_a_delivery()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var ended = new Arrivals();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["SessionsWebhookSecret"] = Secret;
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        await using var app = builder.Build();
        AspNetCoreReceiver.Map(app, sid => ended.Add(sid!)); // an event of a session has it
        await app.StartAsync(deadline.Token);

        await TakesADeliveryAsync(new Uri(new Uri(app.Urls.Single()), "/hooks/sessions"), ended, deadline.Token);
    }

    private static async Task TakesADeliveryAsync(Uri url, Arrivals ended, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var forged = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("""{"type":"session.ended","data":{"sid":"forged"}}""", Encoding.UTF8, "application/json") };
        forged.Headers.Add("webhook-id", "1");
        forged.Headers.Add("webhook-timestamp", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        forged.Headers.Add("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        using var refused = await client.SendAsync(forged, cancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        var tables = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Events:Enabled"] = "true",
            ["Events:Targets:app:Url"] = url.ToString(),
            ["Events:Targets:app:Secret"] = Secret,
            ["Events:Targets:app:AllowPrivateAddresses"] = "true",
        };
        await using var server = await SessionServerProcess.StartAsync(tables.ConnectionString, redis: null, settings, cancellationToken);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (sid, _) = await api.CreateAsync("alice");
        await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");

        Assert.Equal(sid, await ended.NextAsync(cancellationToken));
    }

    // The lines between the markers, without the indentation of the first.
    private static IEnumerable<string> Shown(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder(), file))
            .SkipWhile(line => !line.EndsWith("// receiver: begin", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.EndsWith("// receiver: end", StringComparison.Ordinal))
            .ToArray();
        var indent = lines[0].Length - lines[0].TrimStart().Length;
        return lines.Select(line => line.Length > indent ? line[indent..] : "").Reverse().SkipWhile(line => line.Length == 0).Reverse();
    }

    private static string Folder() => Path.Combine(Document.Root(), "tests", "SessionServer.Tests", "Documents", "Receivers");

    /// <summary>The sessions whose end a receiver was told of.</summary>
    private sealed class Arrivals
    {
        private readonly ConcurrentQueue<string> _sids = new();
        private readonly SemaphoreSlim _arrived = new(0);

        public bool IsListening { get; private set; }

        public void Add(string sid)
        {
            _sids.Enqueue(sid);
            _arrived.Release();
        }

        public void Read(string line)
        {
            IsListening |= line == "listening";
            if (line.StartsWith("ended ", StringComparison.Ordinal))
            {
                Add(line["ended ".Length..].Trim());
            }
        }

        public async Task<string> NextAsync(CancellationToken cancellationToken)
        {
            await _arrived.WaitAsync(cancellationToken);
            return _sids.TryDequeue(out var sid) ? sid : throw new InvalidOperationException("Nothing has arrived.");
        }
    }
}
