namespace SessionCore.Events;

/// <summary>Takes hints that an event was committed, so that it is delivered at once. Best effort: a lost hint delays an event.</summary>
public interface IEventHints
{
    /// <summary>Notes that an event of a lane was committed. Returns at once and never throws.</summary>
    void Committed(int lane);
}
