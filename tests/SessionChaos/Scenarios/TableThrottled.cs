using System.Globalization;
using System.Security.Cryptography;
using SessionChaos.Load;
using SessionChaos.Processes;
using Support.Faults;
using Support.Http;

namespace SessionChaos.Scenarios;

/// <summary>
/// One table call in four is answered 503. First only validations without a cache, of which each needs one call, so that calls can be
/// counted against requests; then everything that sessions are asked for.
/// </summary>
/// <param name="requests">Of each part.</param>
/// <param name="rate">Requests a second.</param>
internal sealed class TableThrottled(int requests, int rate) : IScenario
{
    private const int Sessions = 100;
    private const int Percent = 25;
    private const double LeastShare = 0.99;
    private const double MostCalls = 1.1;
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(3);

    public string Name => "25 % of table calls answered 503";

    public async Task<ScenarioResult> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        // Without timers, whose calls are for no request.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Cache:ConnectionString"] = "", ["Maintenance:Timers"] = "false" };
        await using var stand = await Stand.StartAsync(new StandOptions { Servers = 1, Settings = settings }, cancellationToken);
        var api = stand.Servers[0].Now.Api;
        var sessions = await IssuedSessions.CreateAsync(api, Sessions, cancellationToken);
        stand.TableProxy.Fate = _ => RandomNumberGenerator.GetInt32(100) < Percent ? HttpFault.Answer(503, "ServerBusy") : null;

        progress("validations only");
        var callsBefore = stand.TableProxy.Calls;
        var validations = await new PacedLoad(rate, number => sessions[(int)(number % Sessions)].ValidateAsync(api)).RunAsync(requests, cancellationToken);
        var calls = stand.TableProxy.Calls - callsBefore;

        progress("everything");
        var mixed = await new PacedLoad(rate, number => AskAsync(api, sessions, number)).RunAsync(requests, cancellationToken);
        var ratio = (double)calls / validations.Sent;
        return new ScenarioResult(
            Name,
            [
                Answered("validations", validations),
                new Figure("validated all the same", Share(validations.ShareWithin(InTime, PacedAnswer.Right))),
                new Figure("table calls for each request", ratio.ToString("0.000", CultureInfo.InvariantCulture), "at most 1.1", ratio <= MostCalls),
                Answered("of every kind", mixed),
                new Figure("done all the same", Share(mixed.ShareWithin(InTime, PacedAnswer.Right))),
                Wrong(validations.Count(PacedAnswer.Wrong) + mixed.Count(PacedAnswer.Wrong)),
            ]);
    }

    private static string Share(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    private static Figure Wrong(int count) => new("wrong answers", count.ToString(CultureInfo.InvariantCulture), "0", count == 0);

    private static Figure Answered(string what, PacedResult result)
    {
        var share = result.ShareWithin(InTime, PacedAnswer.Right, PacedAnswer.Later);
        return new Figure($"{what}: answered within 3 s", string.Create(CultureInfo.InvariantCulture, $"{Share(share)} of {result.Sent:N0}"), "at least 99 %", share >= LeastShare);
    }

    private static Task<PacedAnswer> AskAsync(ApiClient api, IssuedSessions sessions, long number)
    {
        var session = sessions[(int)(number % Sessions)];
        return (number % 10) switch
        {
            0 => AskAsync(() => api.ServiceAsync("POST", "/v1/sessions", string.Create(CultureInfo.InvariantCulture, $"{{\"userId\":\"more-{number}\"}}")), 201),
            1 => AskAsync(() => api.ServiceAsync("PATCH", $"/v1/sessions/{session.Sid}/data", string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{number}}}")), 200),
            2 => AskAsync(() => api.ServiceAsync("GET", $"/v1/sessions/{session.Sid}", null, ("Session-Consistency", "strong")), 200),
            3 => AskAsync(() => api.ServiceAsync("GET", string.Create(CultureInfo.InvariantCulture, $"/v1/sessions?userId=user-{number % Sessions}")), 200),
            4 => AskAsync(() => api.ServiceAsync("POST", $"/v1/sessions/{session.Sid}/rotate", "{}"), 200),
            _ => AskAsync(() => api.ServiceAsync("GET", $"/v1/sessions/{session.Sid}"), 200),
        };
    }

    private static async Task<PacedAnswer> AskAsync(Func<Task<ApiAnswer>> ask, int expected)
    {
        try
        {
            var status = (int)(await ask()).Status;
            if (status == 503)
            {
                return PacedAnswer.Later;
            }

            return status == expected ? PacedAnswer.Right : PacedAnswer.Wrong;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return PacedAnswer.None;
        }
    }
}
