namespace SessionCore.Tables;

/// <summary>What a write, or a whole transaction, came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ETag">The new entity tag of the (last) written row; null when nothing was written or a row was deleted.</param>
/// <param name="FailedIndex">The write of a transaction that stood in the way; 0 for a single write, -1 when all was applied.</param>
/// <param name="ETags">A transaction's new entity tags by position; null for a single write or when nothing was written.</param>
public readonly record struct TableWriteResult(
    TableOutcome Outcome, string? ETag = null, int FailedIndex = -1, IReadOnlyList<string?>? ETags = null)
{
    /// <summary>Gets a value indicating whether everything was applied.</summary>
    public bool IsWritten => Outcome is TableOutcome.Written;
}
