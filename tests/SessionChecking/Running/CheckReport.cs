using SessionChecking.Faults;
using SessionChecking.Histories;
using SessionChecking.Rules;
using SessionChecking.Workloads;

namespace SessionChecking.Running;

/// <summary>Result of many histories. Not thread-safe.</summary>
internal sealed class CheckReport
{
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, Tally> _themes = Theme.All.ToDictionary(theme => theme.Name, theme => new Tally(theme.Name), StringComparer.Ordinal);
    private readonly Dictionary<string, Tally> _faults = FaultMix.Kinds.ToDictionary(kind => kind, kind => new Tally(kind), StringComparer.Ordinal);

    public Tally All { get; } = new("all");

    public IEnumerable<Tally> Themes => _themes.Values;

    /// <summary>Gets the tallies by kind of fault; a history of several kinds counts for each.</summary>
    public IEnumerable<Tally> Faults => _faults.Values;

    /// <summary>Gets the histories with violations, by seed.</summary>
    public IReadOnlyList<Finding> Findings => [.. _findings.OrderBy(finding => finding.Seed)];

    public void Add(History history, IReadOnlyList<Violation> violations)
    {
        var isViolated = violations.Count > 0;
        All.Add(history, isViolated);
        _themes[history.Plan.Theme.Name].Add(history, isViolated);
        foreach (var kind in history.Plan.Faults.KindsPresent)
        {
            _faults[kind].Add(history, isViolated);
        }

        if (isViolated)
        {
            _findings.Add(new Finding(history.Plan.Seed, violations));
        }
    }
}
