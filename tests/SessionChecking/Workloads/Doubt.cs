namespace SessionChecking.Workloads;

/// <summary>A write of which other instances may not know yet.</summary>
/// <param name="Session">What was written.</param>
/// <param name="Instance">The instance that wrote it.</param>
/// <param name="At">The true time from which the other instances must know.</param>
internal sealed record Doubt(KnownSession Session, int Instance, DateTimeOffset At);
