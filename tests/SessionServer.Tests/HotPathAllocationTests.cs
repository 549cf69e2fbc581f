using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionCore.Protection;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionServer.Tests;

/// <summary>What a validation allocates in the running server, counted by the runtime itself, over real Redis and real connections.</summary>
public sealed class HotPathAllocationTests
{
    private const int AtOnce = 16;
    private const int MostRounds = 60;
    private const int RequestsOfEach = 250;
    private const int Requests = AtOnce * RequestsOfEach;

    [Theory]
    [InlineData("introspect", 1_800)]
    [InlineData("who am I", 1_850)]
    [InlineData("malformed token", 400)]
    [InlineData("forged token", 400)]
    public async Task A_validation_allocates_little(string work, int mostBytes)
    {
        var folder = Directory.CreateTempSubdirectory("session-gauge-");
        try
        {
            var gauge = Path.Combine(folder.FullName, "gauge");
            var tables = await AzuriteServer.SharedAsync();
            var redis = await RedisServer.SharedAsync();
            await using var server = await SessionServerProcess.StartAsync(tables.ConnectionString, redis.Address, Gauged(gauge), CancellationToken.None);
            using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
            var token = (await api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice","claims":{"role":"admin"}}""")).TextOf("token");
            Func<Task> ask = work switch
            {
                "introspect" => () => IntrospectAsync(api, token, active: true),
                "who am I" => async () => Assert.Equal(HttpStatusCode.OK, (await api.UserAsync(token, "GET", "/v1/session")).Status),
                "malformed token" => () => IntrospectAsync(api, token[..^1], active: false),
                _ => () => IntrospectAsync(api, Forged(token), active: false),
            };

            // Code of the first tier allocates more, and on a busy machine the thread that compiles the last tier comes late. A thread that
            // starts or ends in a round takes pooled steps with it. So the round that allocates least tells what a validation allocates.
            await RepeatAsync(ask);
            var least = long.MaxValue;
            for (var round = 0; round < MostRounds && least > mostBytes; round++)
            {
                var before = Allocated(gauge);
                await RepeatAsync(ask);
                least = Math.Min(least, (Allocated(gauge) - before) / Requests);
            }

            Assert.InRange(least, 1, mostBytes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> Gauged(string socket) => new(StringComparer.Ordinal)
    {
        ["DOTNET_STARTUP_HOOKS"] = BuiltAssembly.Find("bench", "Gauge", "Bench.Gauge"),
        ["BENCH_GAUGE"] = socket,
        ["Maintenance:Timers"] = "false",
        ["RateLimit:Failures"] = "1000000",
        ["RateLimit:FailureWindow"] = "00:00:01",
    };

    private static async Task IntrospectAsync(ApiClient api, string token, bool active)
    {
        var answer = await api.ServiceAsync("POST", "/v1/sessions/introspect", $$"""{"token":"{{token}}"}""");
        Assert.StartsWith($"{{\"active\":{(active ? "true" : "false")}", answer.Text, StringComparison.Ordinal);
    }

    // A forged token with the right grammar and checksum.
    private static string Forged(string token)
    {
        var text = token.ToCharArray();
        var middle = text.Length / 2;
        text[middle] = text[middle] == 'A' ? 'B' : 'A';
        Checksum.Write(text.AsSpan(0, text.Length - Checksum.Length), text.AsSpan(text.Length - Checksum.Length));
        return new string(text);
    }

    private static Task RepeatAsync(Func<Task> ask) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        for (var i = 0; i < RequestsOfEach; i++)
        {
            await ask();
        }
    }));

    private static long Allocated(string gauge)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(gauge));
        var bytes = new byte[256];
        var figures = Encoding.ASCII.GetString(bytes, 0, socket.Receive(bytes));
        return long.Parse(figures.AsSpan(0, figures.IndexOf(' ')), CultureInfo.InvariantCulture);
    }
}
