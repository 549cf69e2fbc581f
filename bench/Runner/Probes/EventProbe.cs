using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Bench.Runner.Contests;

namespace Bench.Runner.Probes;

/// <summary>
/// Changes are offered at a fixed rate, whatever the answers take, while one of two webhooks is down for a part of the time: how long events
/// take to the other, and whether the one that was down gets all of them afterwards.
/// </summary>
internal sealed class EventProbe(string title, int changesPerSecond, TimeSpan window, TimeSpan outage) : IProbe
{
    public const string Name = "delivery of events under load";
    public const string LongOutage = "events through an outage of ten minutes";
    public const string Latency = "change to webhook, p99";
    public const string Lost = "events that the webhook that was down never got";
    private const int TicksPerSecond = 100;

    // More unanswered changes than of so long a time: the server does not keep up, and what waits would only fill the memory.
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentQueue<string> _live = new();
    private int _changes;
    private int _failures;

    public string Title => title;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var host = await EventHost.StartAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(host.Url, "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Key);
        host.Bad.IsDown = true;
        var began = TimeProvider.System.GetTimestamp();
        var early = await OfferAsync(client, outage, cancellationToken);
        host.Bad.IsDown = false;
        var late = await OfferAsync(client, window - outage, cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var ended = TimeProvider.System.GetTimestamp();

        // The longer the outage, the more has gathered.
        await UntilAsync(() => host.Good.Count >= _changes && host.Bad.Count >= _changes, outage + Patience, cancellationToken);
        return new ProbeResult(
            title,
            [
                new ProbeFigure("changes a second", Math.Round(_changes / seconds), string.Empty),
                new ProbeFigure("changes that failed", _failures, string.Empty),
                new ProbeFigure("change to webhook, p50", Math.Round(host.Good.Percentile(0.5, _changes)), "ms"),
                new ProbeFigure(Latency, Math.Round(host.Good.Percentile(0.99, _changes)), "ms"),
                new ProbeFigure("events that the webhook that was up never got", _changes - host.Good.Count, string.Empty),
                new ProbeFigure(Lost, _changes - host.Bad.Count, string.Empty),
                new ProbeFigure("until the webhook that was down had all of them", Math.Round(TimeProvider.System.GetElapsedTime(ended).TotalSeconds), "s"),
                new ProbeFigure("managed memory while it was down, of the whole process", early, "MB"),
                new ProbeFigure("managed memory at the end of the load", late, "MB"),
            ]);
    }

    /// <summary>Offers changes for a time, and returns the managed memory at its last collection in megabytes.</summary>
    private async Task<double> OfferAsync(HttpClient client, TimeSpan time, CancellationToken cancellationToken)
    {
        var pending = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TicksPerSecond));
        var began = TimeProvider.System.GetTimestamp();
        var offered = 0;
        while (TimeProvider.System.GetElapsedTime(began) < time && await timer.WaitForNextTickAsync(cancellationToken))
        {
            // A tick that came late makes up for it.
            var due = (int)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * changesPerSecond);
            for (; offered < due; offered++)
            {
                pending.Add(offered % 2 == 0 || !_live.TryDequeue(out var sid) ? BeginAsync(client, cancellationToken) : EndAsync(client, sid, cancellationToken));
            }

            pending.RemoveAll(static change => change.IsCompleted);
            if (pending.Count > changesPerSecond * LongestQueue.TotalSeconds)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The server does not keep up: {pending.Count} changes are not answered yet."));
            }
        }

        await Task.WhenAll(pending);
        return Math.Round(GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes / 1e6);
    }

    private async Task BeginAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var user = Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);
        using var answer = await client.PostAsJsonAsync("sessions", new { userId = user }, cancellationToken);
        if (Count(answer))
        {
            using var created = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            _live.Enqueue(created.RootElement.GetProperty("sid").GetString()!); // every answer to a create has it
        }
    }

    private async Task EndAsync(HttpClient client, string sid, CancellationToken cancellationToken)
    {
        using var answer = await client.DeleteAsync(new Uri($"sessions/{sid}", UriKind.Relative), cancellationToken);
        Count(answer);
    }

    private bool Count(HttpResponseMessage answer)
    {
        Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref _changes : ref _failures);
        return answer.IsSuccessStatusCode;
    }

    private static async Task UntilAsync(Func<bool> holds, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var began = TimeProvider.System.GetTimestamp();
        while (!holds() && TimeProvider.System.GetElapsedTime(began) < patience)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
