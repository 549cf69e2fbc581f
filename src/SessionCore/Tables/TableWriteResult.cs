namespace SessionCore.Tables;

/// <summary>Result of a write or of a whole transaction.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ETag">The new entity tag of the (last) written row; null when nothing was written or a row was deleted.</param>
/// <param name="FailedIndex">The write of a transaction that stood in the way; 0 for a single write, -1 when all was applied.</param>
/// <param name="ETags">A transaction's new entity tags by position; null for a single write or when nothing was written.</param>
/// <param name="Uncertain">
/// Whether an earlier try of this same write had no clear answer, so that what stands in the way may be this write itself.
/// The caller reads the row again and looks whether it carries the operation id of this write: then the write was applied.
/// Never set when <paramref name="Outcome"/> is <see cref="TableOutcome.Written"/>.
/// </param>
public readonly record struct TableWriteResult(
    TableOutcome Outcome, string? ETag = null, int FailedIndex = -1, IReadOnlyList<string?>? ETags = null, bool Uncertain = false)
{
    /// <summary>Gets a value indicating whether everything was applied.</summary>
    public bool IsWritten => Outcome is TableOutcome.Written;
}
