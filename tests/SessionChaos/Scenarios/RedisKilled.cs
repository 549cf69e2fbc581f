using System.Globalization;
using SessionChaos.Load;
using SessionChaos.Processes;

namespace SessionChaos.Scenarios;

/// <summary>Redis is killed again and again while two servers validate, and sessions are revoked all the time.</summary>
/// <param name="duration">How long.</param>
/// <param name="every">How often Redis is killed.</param>
/// <param name="rate">Validations a second.</param>
/// <param name="leastShare">The share of validations that have to be answered in time.</param>
internal sealed class RedisKilled(TimeSpan duration, TimeSpan every, int rate, double leastShare) : IScenario
{
    private const int Sessions = 500;
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RevokePause = TimeSpan.FromMilliseconds(250);

    public string Name => "Redis killed under load";

    public async Task<ScenarioResult> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        await using var stand = await Stand.StartAsync(new StandOptions(), cancellationToken);
        var sessions = await IssuedSessions.CreateAsync(stand.Servers[0].Now.Api, Sessions, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = new PacedLoad(rate, number => sessions[(int)(number * 7919 % Sessions)].ValidateAsync(stand.Servers[(int)(number % 2)].Now.Api));
        var loading = load.RunAsync(long.MaxValue, stop.Token);
        var revoking = RevokeAsync(stand, sessions, stop.Token);
        var kills = 0;
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) + every <= duration)
        {
            await Task.Delay(every * 0.7, TimeProvider.System, cancellationToken);
            await stand.Redis.Primary.KillAsync();
            progress(string.Create(CultureInfo.InvariantCulture, $"Redis killed {++kills} times"));
            await Task.Delay(every * 0.3, TimeProvider.System, cancellationToken);
            await stand.Redis.RestartPrimaryAsync(cancellationToken);
        }

        await stop.CancelAsync();
        var result = await loading;
        var (revoked, acknowledged) = await revoking;
        var share = result.ShareWithin(InTime, PacedAnswer.Right);
        return new ScenarioResult(
            Name,
            [
                new Figure("kills", Text(kills)),
                new Figure("validations", string.Create(CultureInfo.InvariantCulture, $"{result.Sent:N0}, {result.Rate:N0} a second")),
                new Figure("revocations", string.Create(CultureInfo.InvariantCulture, $"{revoked:N0}, {acknowledged:N0} acknowledged")),
                new Figure("answered within 1 s", share.ToString("P3", CultureInfo.InvariantCulture), $"at least {leastShare.ToString("P1", CultureInfo.InvariantCulture)}", share >= leastShare),
                new Figure("p50, p99, p99.9, slowest", string.Join(", ", new[] { 0.5, 0.99, 0.999, 1 }.Select(at => Text(result.Percentile(at))))),
                new Figure("503", Text(result.Count(PacedAnswer.Later))),
                new Figure("wrong verdicts", Text(result.Count(PacedAnswer.Wrong)), "0", result.Count(PacedAnswer.Wrong) == 0),
            ]);
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");

    private static async Task<(int Asked, int Acknowledged)> RevokeAsync(Stand stand, IssuedSessions sessions, CancellationToken stop)
    {
        var asked = 0;
        var acknowledged = 0;
        while (!stop.IsCancellationRequested && asked < sessions.Count)
        {
            acknowledged += await sessions[asked].RevokeAsync(stand.Servers[asked % 2].Now.Api) is PacedAnswer.Right ? 1 : 0;
            asked++;
            await Task.Delay(RevokePause, TimeProvider.System, CancellationToken.None);
        }

        return (asked, acknowledged);
    }
}
