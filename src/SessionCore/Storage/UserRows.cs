using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>A user's rows as one query found them.</summary>
/// <param name="Head">The head; null when there is none.</param>
/// <param name="Sessions">The session rows.</param>
/// <param name="Unreadable">Rows that are none of ours; the purge sees to them.</param>
internal sealed record UserRows(UserHead? Head, IReadOnlyList<Session> Sessions, int Unreadable)
{
    /// <summary>The properties that tell which sessions there are; all but the content, which takes the bodies.</summary>
    public static readonly IReadOnlyList<string> Outline = [.. SessionRow.Outline.Union(UserHead.Outline, StringComparer.Ordinal)];
}
