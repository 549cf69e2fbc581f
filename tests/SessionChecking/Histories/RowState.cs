using SessionCore.Sessions;

namespace SessionChecking.Histories;

/// <summary>A session's row from one write to the next.</summary>
/// <param name="Moment">From when on, in the order of all that happened.</param>
/// <param name="At">From when on, in true time.</param>
/// <param name="Session">What it holds; null when there is none.</param>
/// <param name="By">The call that wrote it.</param>
internal sealed record RowState(int Moment, DateTimeOffset At, Session? Session, Call? By)
{
    /// <summary>Gets a value indicating whether it is live, lapsed or not.</summary>
    public bool IsLive => Session is { IsEnded: false };
}
