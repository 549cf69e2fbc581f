namespace SessionCore.Maintenance;

/// <summary>What runs count. The names, in camel case, are those of the status and of the rows.</summary>
public enum MaintenanceCount
{
    /// <summary>Due entries looked at.</summary>
    Examined,

    /// <summary>Sessions deleted that had lapsed.</summary>
    SessionsPurged,

    /// <summary>Ended sessions deleted after their retention.</summary>
    TombstonesPurged,

    /// <summary>Idempotency records deleted after their window.</summary>
    RecordsPurged,

    /// <summary>Due entries moved to where their row is due now.</summary>
    Moved,

    /// <summary>Due entries deleted whose row was gone.</summary>
    Strays,

    /// <summary>Due entries left to the next run, because another writer was faster or the store did not answer.</summary>
    Skipped,

    /// <summary>Rows put aside because they cannot be read.</summary>
    Quarantined,

    /// <summary>Users whose index was checked.</summary>
    Users,

    /// <summary>Rows read for it.</summary>
    Rows,

    /// <summary>Heads that said a wrong number, were missing, or counted nothing: put right.</summary>
    HeadDrift,

    /// <summary>Rows that no due entry led to: added.</summary>
    DueDrift,

    /// <summary>Lists in Redis that were not what the table says: dropped.</summary>
    ListDrift,

    /// <summary>Rows found that cannot be read, whether put aside before or now.</summary>
    Malformed,
}
