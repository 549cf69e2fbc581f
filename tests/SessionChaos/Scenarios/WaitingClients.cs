using System.Diagnostics;
using System.Globalization;
using SessionChaos.Load;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionChaos.Scenarios;

/// <summary>Many clients wait for changes on one server, and sessions are ended on another: with publish/subscribe of Redis, and without.</summary>
/// <param name="clients">How many wait.</param>
/// <param name="ended">How many sessions are ended.</param>
/// <param name="waitSeconds">How long each request waits.</param>
/// <param name="mostMegabytes">By how much the server's memory may grow; null not to judge it.</param>
internal sealed class WaitingClients(int clients, int ended, int waitSeconds, double? mostMegabytes) : IScenario
{
    private const int Parallelism = 32;
    private const int LostClients = 20;
    private const int LostWaitSeconds = 2;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public string Name => "Clients that wait for changes";

    public async Task<ScenarioResult> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        await using var tables = await TableServerProcess.StartAsync(cancellationToken);
        await using var redis = await RedisServer.StartAsync(cancellationToken);
        var (told, grown) = await RunAsync(tables, redis, clients, ended, waitSeconds, progress, cancellationToken);

        // A server that may not publish: nobody is told, and the end of the wait has to do.
        await using var mute = await RedisServer.StartAsync(cancellationToken, "--rename-command", "PUBLISH", "");
        var (found, _) = await RunAsync(tables, mute, LostClients, LostClients, LostWaitSeconds, progress, cancellationToken);

        var (p99, slowest) = (told[(int)(told.Length * 0.99)], found[^1]);
        var latest = TimeSpan.FromSeconds(LostWaitSeconds) + Soon;
        return new ScenarioResult(
            Name,
            [
                new Figure("clients that wait, sessions ended", string.Create(CultureInfo.InvariantCulture, $"{clients:N0}, {ended:N0}")),
                new Figure("p50, p99, slowest to the client", $"{Text(told[told.Length / 2])}, {Text(p99)}, {Text(told[^1])}", "p99 at most 1 s", p99 <= Soon),
                new Figure(
                    "memory for the clients",
                    string.Create(CultureInfo.InvariantCulture, $"{grown:0} MB, {grown * 1024 / clients:0.0} KB each"),
                    mostMegabytes is null ? null : string.Create(CultureInfo.InvariantCulture, $"at most {mostMegabytes:0} MB"),
                    mostMegabytes is null || grown <= mostMegabytes),
                new Figure("slowest without publish/subscribe", Text(slowest), $"at most {Text(latest)}", slowest <= latest),
            ]);
    }

    private static async Task<(TimeSpan[] Delays, double GrownMegabytes)> RunAsync(
        TableServerProcess tables, RedisServer redis, int clients, int ended, int waitSeconds, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var server = await SessionServerProcess.StartAsync(tables.ConnectionString, redis.Address, settings: null, cancellationToken);
        await using var other = await server.StartSecondAsync(cancellationToken);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        using var elsewhere = new ApiClient(other.Url, other.ServiceKey, other.OperatorKey);
        var sessions = new (string Sid, string Token)[clients];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, clients, parallel, async (i, _) =>
        {
            var created = await api.ServiceAsync("POST", "/v1/sessions", $$"""{"userId":"user-{{i}}"}""");
            sessions[i] = (created.TextOf("sid"), created.TextOf("token"));
            await api.UserAsync(sessions[i].Token, "GET", "/v1/session");
        });

        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        var before = MemoryOf(server.ProcessId);
        progress(string.Create(CultureInfo.InvariantCulture, $"{clients:N0} sessions, {before:0} MB"));
        var waiting = sessions.Select(session => new WaitingClient(server.Url, session.Token, waitSeconds)).ToArray();
        try
        {
            await Parallel.ForAsync(0, clients, parallel, async (i, token) => await waiting[i].BeginAsync(token));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var ends = waiting.Select(client => client.EndAsync(stop.Token)).ToArray();
            await Task.Delay(Settling, TimeProvider.System, cancellationToken);
            var grown = MemoryOf(server.ProcessId) - before;
            progress(string.Create(CultureInfo.InvariantCulture, $"{clients:N0} clients wait, {grown:0} MB more"));

            var delays = new TimeSpan[ended];
            await Parallel.ForAsync(0, ended, parallel, async (i, _) =>
            {
                var asked = TimeProvider.System.GetTimestamp();
                await elsewhere.ServiceAsync("DELETE", $"/v1/sessions/{sessions[i].Sid}");
                delays[i] = TimeProvider.System.GetElapsedTime(asked, await ends[i]);
            });
            await stop.CancelAsync();
            Array.Sort(delays);
            return (delays, grown);
        }
        finally
        {
            Array.ForEach(waiting, client => client.Dispose());
        }
    }

    private static double MemoryOf(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64 / (1024.0 * 1024.0);
    }

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
