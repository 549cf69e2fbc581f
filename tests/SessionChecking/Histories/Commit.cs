namespace SessionChecking.Histories;

/// <summary>A write to a user's partition that took effect.</summary>
/// <param name="Moment">Its place in the order of all that happened.</param>
/// <param name="At">When, in true time.</param>
/// <param name="By">The call that made it, answered or not.</param>
/// <param name="Partition">Whose.</param>
/// <param name="LiveRows">How many rows of the user are live after it, lapsed or not.</param>
/// <param name="IsNamed">Whether the head names exactly those rows; without any there may be no head.</param>
/// <param name="Changes">The sessions it wrote.</param>
internal sealed record Commit(
    int Moment, DateTimeOffset At, Call? By, UInt128 Partition, int LiveRows, bool IsNamed, IReadOnlyList<RowChange> Changes);
