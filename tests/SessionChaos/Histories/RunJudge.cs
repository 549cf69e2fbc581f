using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SessionChecking.Faults;
using SessionChecking.Rules;
using SessionChecking.Workloads;
using SessionCore.Caching;
using SessionCore.Maintenance;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionChaos.Histories;

/// <summary>Holds a run to every rule that the random schedules are held to.</summary>
internal static class RunJudge
{
    private const int HexChars = 32;

    /// <summary>Checks a run.</summary>
    /// <returns>What was broken.</returns>
    public static IReadOnlyList<RunFinding> Judge(RecordedRun run)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(run.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var ring = new KeyRingOptions();
        configuration.GetSection("Keys").Bind(ring);
        var keys = new KeyRing(Options.Create(ring));
        var log = new StoreLog(run.Log, run.Settings["Tables:SessionsTable"], new BodyProtector(keys));
        var order = OrderOf(run);
        var plan = PlanOf(configuration);
        var histories = run.Groups.ToDictionary(group => group.Number, group => new GroupHistory(group, order, plan, keys));
        Feed(run, log, histories);
        var reader = new AnswerReader(log);
        var findings = new List<RunFinding>();
        foreach (var history in histories.Values)
        {
            history.ReadAnswers(reader);
            history.History.FailOvers = [.. run.FailOvers.Select(at => new FailOver(order.MomentOf(at), order.TimeOf(at)))];
            history.History.Calm = order.MomentOf(run.Calm);
            var violations = AllRules.Check(history.History).ToArray();
            if (violations.Length > 0)
            {
                findings.Add(new RunFinding(history.Number, violations, history.Describe()));
            }
        }

        return findings;
    }

    private static GlobalOrder OrderOf(RecordedRun run)
    {
        var calls = run.Calls.SelectMany(call => new[] { call.Start, call.End });
        var instants = calls.Concat(run.Log.Select(record => record.At)).Concat(run.FailOvers).Append(run.Calm).Where(instant => instant < long.MaxValue);
        return new GlobalOrder(instants, TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
    }

    private static HistoryPlan PlanOf(IConfiguration configuration)
    {
        var policy = new SessionPolicyOptions();
        configuration.GetSection(SessionPolicyOptions.SectionName).Bind(policy);
        var cache = new CacheOptions();
        configuration.GetSection(CacheOptions.SectionName).Bind(cache);
        var maintenance = new MaintenanceOptions();
        configuration.GetSection(MaintenanceOptions.SectionName).Bind(maintenance);
        return new HistoryPlan
        {
            Seed = 0,
            Theme = Theme.All[^1],
            Faults = new FaultMix { KindsPresent = [] },
            Instances = 0,
            Clients = 0,
            CallsOfEach = 0,
            Users = 1,
            SessionsAtFirst = 0,
            BeginsUnread = false,
            BeginsAt = TimeSpan.Zero,
            Grace = maintenance.Grace,
            Policy = policy,
            Cache = cache,
            CacheKeeps = cache.MaxAge,
            Idle = policy.Aal2.IdleTimeout,
            Lifetime = policy.Aal2.AbsoluteLifetime,
            LongestStepMilliseconds = 0,
            Patience = 0,
        };
    }

    private static void Feed(RecordedRun run, StoreLog log, Dictionary<int, GroupHistory> histories)
    {
        var owners = OwnersOf(run, log);
        var rows = new RowStore();
        foreach (var write in log.Writes)
        {
            foreach (var applied in write.Record.Writes)
            {
                // A due entry has the keys of its session in its own row key.
                var partition = write.IsDue && applied.Row.RowKey.Length > HexChars ? applied.Row.RowKey[..HexChars] : applied.Row.PartitionKey;
                var history = owners.TryGetValue(partition, out var owner) ? histories[owner] : null;
                if (write.IsDue)
                {
                    history?.AppliedToDue(write.Record, applied);
                    continue;
                }

                rows.Apply(applied);
                if (applied == write.Record.Writes[^1])
                {
                    history?.AppliedToSessions(write, rows);
                }
            }
        }
    }

    // A user's partition is known; an anonymous session's by the mark in its data, which begins with the group's number.
    private static Dictionary<string, int> OwnersOf(RecordedRun run, StoreLog log)
    {
        var owners = run.Groups.ToDictionary(group => SessionLocator.Hex(SessionLocator.PartitionOf(group.UserId)), group => group.Number, StringComparer.Ordinal);
        foreach (var change in log.Writes.SelectMany(write => write.Sessions).Where(change => change is { Before: null, After: not null }))
        {
            var mark = DataModel.Read(change.After!.Body!.Data.Span).First(member => member.StartsWith("by=g", StringComparison.Ordinal)); // inserted, so there is one
            owners.TryAdd(change.Locator.PartitionKey, int.Parse(mark.AsSpan(4, mark.IndexOf('-', StringComparison.Ordinal) - 4), System.Globalization.CultureInfo.InvariantCulture));
        }

        return owners;
    }
}
