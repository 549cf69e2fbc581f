namespace SessionChecking.Workloads;

/// <summary>A write of which other instances may not know yet.</summary>
/// <param name="Session">What was written.</param>
/// <param name="Instance">The instance that wrote it.</param>
/// <param name="At">When, in true time, it is worth a look whether the others know by now.</param>
internal sealed record Doubt(KnownSession Session, int Instance, DateTimeOffset At);
