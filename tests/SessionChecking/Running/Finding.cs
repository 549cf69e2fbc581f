using SessionChecking.Rules;

namespace SessionChecking.Running;

/// <summary>A history in which promises were broken.</summary>
/// <param name="Seed">Its seed; it runs again from that.</param>
/// <param name="Violations">What was broken.</param>
internal sealed record Finding(ulong Seed, IReadOnlyList<Violation> Violations);
