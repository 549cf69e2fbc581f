namespace SessionCore.Maintenance;

/// <summary>The verdict on a due entry.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="DueAt">For a move: where to.</param>
internal readonly record struct DueVerdict(DueAction Action, DateTimeOffset DueAt = default);
