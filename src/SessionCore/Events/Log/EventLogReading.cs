using SessionCore.Sessions;

namespace SessionCore.Events.Log;

/// <summary>Result of a reading of the event log.</summary>
/// <param name="Outcome">The outcome. The other members count only where it is <see cref="EventLogOutcome.Read"/>.</param>
public sealed record EventLogReading(EventLogOutcome Outcome)
{
    /// <summary>Gets the events, those of each session in their order.</summary>
    public IReadOnlyList<LoggedEvent> Events { get; init; } = [];

    /// <summary>Gets the cursor of the next reading.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Gets a value indicating whether there are more events now.</summary>
    public bool HasMore { get; init; }

    /// <summary>
    /// Gets the time before which every committed change is in what was read up to here, by the clock of this process; null while
    /// <see cref="HasMore"/>. An unanswered change that storage applies late counts as committed when it is first acknowledged.
    /// </summary>
    public DateTimeOffset? CompleteAsOf { get; init; }

    /// <summary>Gets the time from which the log has every event: it began then, or its retention has reached there.</summary>
    public DateTimeOffset HeldSince { get; init; }

    /// <summary>Gets when the log was last read, by the clock of this process.</summary>
    public DateTimeOffset ReadAt { get; init; }
}

/// <summary>Outcome of a reading of the event log.</summary>
public enum EventLogOutcome
{
    /// <summary>The log was read.</summary>
    Read,

    /// <summary>The log is not kept.</summary>
    Off,

    /// <summary>The text is no cursor.</summary>
    CursorMalformed,

    /// <summary>The cursor is of another deployment, or its key is gone from the ring.</summary>
    CursorForeign,

    /// <summary>The log has no longer what comes after the cursor; the reader begins again without one.</summary>
    CursorExpired,
}

/// <summary>Event of the log.</summary>
/// <param name="Event">The event.</param>
/// <param name="LoggedAt">When it was appended, by the clock of the instance that did.</param>
public sealed record LoggedEvent(SessionEvent Event, DateTimeOffset LoggedAt);
