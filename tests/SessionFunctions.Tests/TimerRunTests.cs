using System.Net;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionFunctions.Tests;

/// <summary>The timers of the built app: ticks of the schedule, and runs by hand from the portal.</summary>
public sealed class TimerRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // As deployed: what the timers tell at Information gets through host.json.
    private static readonly Dictionary<string, string> Talkative = new(StringComparer.Ordinal) { ["Logging:LogLevel:Default"] = "Information" };

    [Theory]
    [InlineData("PurgeExpiredSessions", "purge")]
    [InlineData("RebuildUserIndexes", "rebuild")]
    public async Task A_tick_too_soon_says_that_it_was_not_due_and_a_run_by_hand_runs(string function, string job)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var tables = await AzuriteServer.SharedAsync();
        await using var server = await SessionServerProcess.StartAsync(HostKind.Functions, tables.ConnectionString, redis: null, Talkative, deadline.Token);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        using var platform = new HttpClient { BaseAddress = server.Url };

        Assert.Equal(HttpStatusCode.OK, await PostAsync(platform, $"/admin/timers/{function}/tick", deadline.Token));
        var first = await RunOfAsync(api, job);
        Assert.NotNull(first);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(platform, $"/admin/timers/{function}/tick", deadline.Token));
        Assert.Equal(first, await RunOfAsync(api, job));
        Assert.Contains("did nothing: its last run started", server.LastLines, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(platform, $"/admin/functions/{function}", deadline.Token));
        while (await RunOfAsync(api, job) == first)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient platform, string path, CancellationToken cancellationToken)
    {
        using var answer = await platform.PostAsync(path, content: null, cancellationToken);
        return answer.StatusCode;
    }

    private static async Task<string?> RunOfAsync(ApiClient api, string job)
    {
        var status = await api.OperatorAsync("GET", "/v1/operations/status");
        return status.Json.GetProperty(job).TryGetProperty("lastStartedAt", out var started) ? started.GetString() : null;
    }
}
