namespace SessionCore.Events;

/// <summary>Takes hints that an event was committed, on hosts that do not look by themselves. Best effort: a lost hint delays an event.</summary>
public interface IEventHints
{
    /// <summary>Notes that an event of a lane was committed. Returns at once and never throws.</summary>
    void Committed(int lane);
}
