using System.Globalization;
using SessionChaos.Load;
using SessionChaos.Processes;
using Support;

namespace SessionChaos.Scenarios;

/// <summary>Everybody asks at once, at two servers, when the cache has just lost everything.</summary>
/// <param name="sessions">The sessions there are.</param>
/// <param name="rate">Validations a second.</param>
/// <param name="rounds">How often every session is asked for, by two requests at a time.</param>
/// <param name="settings">Configuration of the servers beyond their defaults.</param>
internal sealed class ColdCacheHerd(int sessions, int rate, int rounds, params IReadOnlyList<KeyValuePair<string, string>> settings) : IScenario
{
    private const double MostReads = 1.2;

    public string Name => "cold-cache herd";

    public async Task<ScenarioResult> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        await using var stand = await Stand.StartAsync(new StandOptions { Settings = settings.ToDictionary(StringComparer.Ordinal) }, cancellationToken);
        progress(string.Create(CultureInfo.InvariantCulture, $"creating {sessions:N0} sessions"));
        var issued = await IssuedSessions.CreateAsync(stand.Servers[0].Now.Api, sessions, cancellationToken);

        // Requests for a session usually come in groups: pages send several at once, here to both servers.
        var dice = new Dice(1);
        var asked = Enumerable.Range(0, rounds).SelectMany(_ => dice.Shuffled(Enumerable.Range(0, sessions))).SelectMany(i => new[] { i, i }).ToArray();
        var load = new PacedLoad(rate, number => issued[asked[number]].ValidateAsync(stand.Servers[(int)(number % 2)].Now.Api));

        // The servers have been at work when the cache loses everything; their own first requests are another matter.
        progress("warming up");
        await load.RunAsync(2L * sessions, cancellationToken);
        await stand.Redis.Primary.FlushAsync(cancellationToken);
        progress("the herd");
        var readsBefore = stand.TableProxy.PointReads;
        var result = await load.RunAsync(asked.Length, cancellationToken);
        var reads = stand.TableProxy.PointReads - readsBefore;
        var ratio = (double)reads / sessions;
        var wrong = result.Count(PacedAnswer.Wrong);
        return new ScenarioResult(
            Name,
            [
                new Figure("requests", string.Create(CultureInfo.InvariantCulture, $"{result.Sent:N0}, {result.Rate:N0} a second, of {sessions:N0} sessions")),
                new Figure("validated", string.Create(CultureInfo.InvariantCulture, $"{result.Count(PacedAnswer.Right):N0}, p99 {result.Percentile(0.99).TotalMilliseconds:0} ms")),
                new Figure("table reads for each session", ratio.ToString("0.000", CultureInfo.InvariantCulture), "at most 1.2", ratio <= MostReads),
                new Figure("wrong verdicts", wrong.ToString(CultureInfo.InvariantCulture), "0", wrong == 0),
            ]);
    }
}
