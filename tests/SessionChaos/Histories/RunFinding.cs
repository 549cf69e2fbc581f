using SessionChecking.Rules;

namespace SessionChaos.Histories;

/// <summary>A group about which promises were broken.</summary>
/// <param name="Group">Its number.</param>
/// <param name="Violations">What was broken.</param>
/// <param name="History">What happened, for a person to read.</param>
internal sealed record RunFinding(int Group, IReadOnlyList<Violation> Violations, string History)
{
    public override string ToString() =>
        $"{History}{Environment.NewLine}{string.Join(Environment.NewLine, Violations.Select(violation => $"BROKEN {violation.Rule}: {violation.Text}"))}";
}
