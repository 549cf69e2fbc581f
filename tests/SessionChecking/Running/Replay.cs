using SessionChecking.Rules;
using SessionChecking.Workloads;
using Support.Caching;

namespace SessionChecking.Running;

/// <summary>One history again, for a person to read.</summary>
internal static class Replay
{
    /// <summary>The plan, what happened, and which promises were broken.</summary>
    public static string Of(ulong seed, IPlantedFault? fault = null, RedisScriptServer? scripts = null)
    {
        var history = HistoryRun.Of(seed, isTraced: true, fault, scripts);
        var violations = AllRules.Check(history).Select(violation => $"BROKEN {violation.Rule}: {violation.Text}").ToArray();
        string[] end = violations.Length == 0 ? ["Every rule holds."] : violations;
        return string.Join(Environment.NewLine, [history.Plan.ToString(), .. history.Trace.Lines, .. end]);
    }
}
