using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Bench.Runner.Servers;

namespace Bench.Runner.Probes;

/// <summary>
/// How long three verifying back ends go on to accept passports of a session whose end was answered, at 1,000 requests a second. They follow one
/// instance of the API, and sessions end at another.
/// </summary>
internal sealed class RevocationProbe(Stand stand, OurServers servers, OurRequests requests, int revocations) : IProbe
{
    public const string Name = "revocation of passports";
    public const string P99 = "accepted after the end was answered, p99";
    public const string Longest = "accepted after the end was answered, longest";
    private const int Verifiers = 3;
    private const int RequestsPerSecond = 1000;
    private const double Share = 0.99;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var assembly = await Applications.PublishAsync(stand, cancellationToken);
        var first = await servers.StartIssuerAsync(cancellationToken);
        var second = await servers.StartIssuerAsync(cancellationToken);
        var sessions = new OurSessions(first, requests);
        var victims = await sessions.CreateWithPassportsAsync(revocations, cancellationToken);
        var others = await sessions.CreateWithPassportsAsync(revocations, cancellationToken);
        using var client = new HttpClient();
        var verifiers = new List<Uri>();
        for (var verifier = 0; verifier < Verifiers; verifier++)
        {
            var application = await servers.StartApplicationAsync($"verifier {verifier + 1}", "Passports", second, assembly, cancellationToken);
            verifiers.Add(new UriBuilder(Uri.UriSchemeHttp, application.Endpoint.Address.ToString(), application.Endpoint.Port, "user").Uri);
        }

        await Task.Delay(Settle, TimeProvider.System, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var served = 0L;
        var load = verifiers.Select(verifier => LoadAsync(client, verifier, [.. others.Select(static other => other.Passport)], () => Interlocked.Increment(ref served), stop.Token)).ToArray();
        var began = Stopwatch.GetTimestamp();
        var delays = new List<double>();
        foreach (var (session, passport) in victims)
        {
            await RevokeAsync(client, first, session, cancellationToken);
            var acknowledged = Stopwatch.GetTimestamp();
            var accepted = await Task.WhenAll(verifiers.Select(verifier => LastAcceptedAsync(client, verifier, passport, acknowledged, cancellationToken)));
            delays.Add(accepted.Max().TotalMilliseconds);
        }

        var rate = served / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(load);
        delays.Sort();
        return new ProbeResult(
            Name,
            [
                new ProbeFigure("revocations", revocations, string.Empty),
                new ProbeFigure("verified a second meanwhile", Math.Round(rate), string.Empty),
                new ProbeFigure("accepted after the end was answered, median", Math.Round(delays[delays.Count / 2]), "ms"),
                new ProbeFigure(P99, Math.Round(delays[(int)Math.Ceiling(delays.Count * Share) - 1]), "ms"),
                new ProbeFigure(Longest, Math.Round(delays[^1]), "ms"),
            ]);
    }

    private async Task RevokeAsync(HttpClient client, BenchServer api, OurSession session, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{OurServers.AddressOf(api)}/v1/sessions/{session.Sid}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", servers.ServiceKeyText);
        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.StatusCode is not HttpStatusCode.NoContent)
        {
            throw new InvalidOperationException($"A revocation was answered {(int)answer.StatusCode}, not 204.");
        }
    }

    // When the last request began that was accepted: its verdict came later.
    private static async Task<TimeSpan> LastAcceptedAsync(HttpClient client, Uri verifier, string passport, long acknowledged, CancellationToken cancellationToken)
    {
        for (var last = TimeSpan.Zero; ;)
        {
            var began = Stopwatch.GetElapsedTime(acknowledged);
            if (await StatusAsync(client, verifier, passport, cancellationToken) is not HttpStatusCode.OK)
            {
                return last;
            }

            last = began;
        }
    }

    private static async Task LoadAsync(HttpClient client, Uri verifier, IReadOnlyList<string> passports, Action verified, CancellationToken cancellationToken)
    {
        var perTurn = (int)Math.Ceiling(RequestsPerSecond * Turn.TotalSeconds / Verifiers);
        var next = 0;
        using var timer = new PeriodicTimer(Turn);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var turn = Enumerable.Range(0, perTurn).Select(_ => StatusAsync(client, verifier, passports[next++ % passports.Count], cancellationToken)).ToArray();
                foreach (var status in await Task.WhenAll(turn))
                {
                    if (status is not HttpStatusCode.OK)
                    {
                        throw new InvalidOperationException($"A passport of a live session was answered {(int)status}.");
                    }

                    verified();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The probe is over.
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri verifier, string passport, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, verifier);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", passport);
        using var answer = await client.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }
}
