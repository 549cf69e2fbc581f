using SessionChaos.Faults;
using SessionChaos.Histories;
using SessionChaos.Load;
using SessionChaos.Processes;
using Support;
using Support.TableServer.Storage;

namespace SessionChaos.Scenarios;

/// <summary>A new stand under load, one fault after the other, and in the end every promise checked on everything that happened.</summary>
internal sealed class ChaosRound(ChaosRoundOptions options)
{
    private const int ClientsOfEachServer = 6;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the callback before each fault.</summary>
    public Action<string>? Progress { get; set; }

    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        var dice = new Dice(options.Seed);
        await using var stand = await Stand.StartAsync(new StandOptions { Settings = Settings(dice) }, cancellationToken);
        var faults = new ChaosFaults(stand, options.FaultLength, MaxAge, dice);
        var happened = new List<(string Fault, long Began, long Ended)>();
        await using var load = new ChaosLoad(stand.Servers, ClientsOfEachServer, options.Seed);
        foreach (var fault in dice.Shuffled(faults.All).Take(options.Faults))
        {
            Progress?.Invoke(fault.Name);
            var began = TimeProvider.System.GetTimestamp();
            await fault.RunAsync(cancellationToken);
            happened.Add((fault.Name, began, TimeProvider.System.GetTimestamp()));

            // Some time when all is well, so that what a fault leaves behind can show.
            await Task.Delay(options.FaultLength / 2, TimeProvider.System, cancellationToken);
        }

        await load.StopAsync();

        // Longer than the breaker in the servers stays open, so that they have found everything well again.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        var calm = await load.LookAtEverythingAsync(stand.Servers[0]);
        var run = new RecordedRun
        {
            Groups = load.Groups,
            Log = LogFile.Read(stand.Tables.Log),
            Settings = stand.Settings,
            FailOvers = faults.FailOvers,
            Calm = calm,
        };
        return new ChaosReport(run, [.. happened.Select(one => Tally(run, one.Fault, one.Began, one.Ended))], RunJudge.Judge(run));
    }

    private static FaultTally Tally(RecordedRun run, string fault, long began, long ended)
    {
        var calls = run.Calls.Where(call => call.Start <= ended && call.End >= began).ToArray();
        return new FaultTally(fault, 1, calls.Length, calls.Count(call => !call.IsAnswered));
    }

    private static Dictionary<string, string> Settings(Dice dice) => new(StringComparer.Ordinal)
    {
        ["Cache:MaxAge"] = MaxAge.ToString(),
        ["Cache:ClockSkew"] = "00:00:00",
        ["Cache:ReplicaAcks"] = dice.Chance(0.7) ? "1" : "0",
        ["Sessions:MaxSessionsPerUser"] = "6",
        ["Sessions:IdempotencyWindow"] = "00:01:00",
        ["Sessions:RotationGrace"] = "00:00:02",
        ["RateLimit:Failures"] = "1000000",
    };
}
