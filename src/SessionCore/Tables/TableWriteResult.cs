namespace SessionCore.Tables;

/// <summary>Result of a write or of a whole transaction.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="ETag">The new entity tag of the (last) written row; null when nothing was written or a row was deleted.</param>
/// <param name="FailedIndex">
/// The index of the failed write of a transaction; 0 for a single write, -1 when everything was applied.
/// </param>
/// <param name="ETags">The new entity tags of a transaction by index; null for a single write or when nothing was written.</param>
/// <param name="Uncertain">
/// Whether an earlier try of this write had no certain answer, so that the conflict may be with this write itself. The caller reads the
/// row again: if it has the operation id of this write, the write was applied. Never set when <paramref name="Outcome"/> is <see
/// cref="TableOutcome.Written"/>.
/// </param>
public readonly record struct TableWriteResult(
    TableOutcome Outcome, string? ETag = null, int FailedIndex = -1, IReadOnlyList<string?>? ETags = null, bool Uncertain = false)
{
    /// <summary>Gets a value indicating whether everything was applied.</summary>
    public bool IsWritten => Outcome is TableOutcome.Written;
}
