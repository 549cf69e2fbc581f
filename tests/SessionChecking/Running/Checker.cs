using SessionChecking.Rules;
using SessionChecking.Workloads;
using Support.Caching;

namespace SessionChecking.Running;

/// <summary>Runs many histories, one thread for each processor, and holds each to every rule.</summary>
/// <param name="fault">A fault to plant; null for none.</param>
/// <param name="scripts">Takes the steps of the cache by the scripts of a real Redis; null to take them in memory.</param>
internal sealed class Checker(IPlantedFault? fault = null, RedisScriptServer? scripts = null)
{
    private readonly Lock _lock = new();
    private readonly CheckReport _report = new();
    private long _next;
    private volatile bool _isEnough;

    /// <summary>Gets or sets the callback after each history, with the number done.</summary>
    public Action<int>? Progress { get; set; }

    /// <summary>Gets or sets when to stop early; after some finding, say.</summary>
    public Func<Finding, bool>? IsEnough { get; set; }

    /// <summary>Runs histories of consecutive seeds.</summary>
    public CheckReport Run(ulong firstSeed, int histories)
    {
        var workers = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => new Thread(() => Work(firstSeed, histories)) { IsBackground = true })
            .ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return _report;
    }

    private void Work(ulong firstSeed, int histories)
    {
        while (!_isEnough && Interlocked.Increment(ref _next) is var number && number <= histories)
        {
            var history = HistoryRun.Of(firstSeed + (ulong)(number - 1), isTraced: false, fault, scripts);
            var violations = AllRules.Check(history).ToArray();
            lock (_lock)
            {
                _report.Add(history, violations);
                Progress?.Invoke(_report.All.Histories);
                if (violations.Length > 0 && IsEnough?.Invoke(new Finding(history.Plan.Seed, violations)) is true)
                {
                    _isEnough = true;
                }
            }
        }
    }
}
