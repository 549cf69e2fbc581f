namespace SessionCore.Maintenance;

/// <summary>What is to be done about a due entry and its row.</summary>
internal enum DueAction
{
    /// <summary>Nothing now: the entry stays for the next run.</summary>
    Keep,

    /// <summary>The row is gone: the entry goes.</summary>
    Drop,

    /// <summary>The row is due later: the entry goes there.</summary>
    Move,

    /// <summary>The session has lapsed: row, its part of the head's number, and entry go.</summary>
    PurgeLapsed,

    /// <summary>The ended session is past its retention: row and entry go.</summary>
    PurgeTombstone,

    /// <summary>The idempotency record is past its window: row and entry go.</summary>
    PurgeRecord,

    /// <summary>The row cannot be read: the entry is put aside, the row stays for a human to look at.</summary>
    Quarantine,
}
