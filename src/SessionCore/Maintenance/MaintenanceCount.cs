namespace SessionCore.Maintenance;

/// <summary>Count of a run. The names, in camel case, are those of the status and of the rows.</summary>
public enum MaintenanceCount
{
    /// <summary>Due entries examined.</summary>
    Examined,

    /// <summary>Lapsed sessions deleted.</summary>
    SessionsPurged,

    /// <summary>Ended sessions deleted after their retention.</summary>
    TombstonesPurged,

    /// <summary>Idempotency records deleted after their window.</summary>
    RecordsPurged,

    /// <summary>Rows of keys deleted whose session is gone.</summary>
    KeysPurged,

    /// <summary>Due entries moved to where their row is due now.</summary>
    Moved,

    /// <summary>Due entries deleted whose row was gone.</summary>
    Strays,

    /// <summary>Due entries left to the next run, because another writer was faster or the store did not answer.</summary>
    Skipped,

    /// <summary>Malformed rows put into quarantine.</summary>
    Quarantined,

    /// <summary>Users whose indexes were checked.</summary>
    Users,

    /// <summary>Rows read for these checks.</summary>
    Rows,

    /// <summary>Sessions among them that are not ended.</summary>
    LiveSessions,

    /// <summary>Heads that said a wrong number, were missing, or counted nothing: put right.</summary>
    HeadDrift,

    /// <summary>Missing due entries added.</summary>
    DueDrift,

    /// <summary>Lists in Redis removed because they disagreed with the table.</summary>
    ListDrift,

    /// <summary>Malformed rows found, already in quarantine or new.</summary>
    Malformed,

    /// <summary>Sessions that match the filter of a job.</summary>
    Matched,

    /// <summary>Sessions that a job has ended.</summary>
    Ended,

    /// <summary>Rows of a job's result.</summary>
    ResultRows,

    /// <summary>Records of the audit deleted after their retention.</summary>
    AuditPurged,

    /// <summary>Chains of the audit that were verified.</summary>
    AuditChains,

    /// <summary>Records in these chains.</summary>
    AuditRecords,

    /// <summary>Those of them that tell of an action of an operator; the others are events.</summary>
    AuditActions,

    /// <summary>Records that do not verify: changed, copied, or written without a key.</summary>
    AuditAltered,

    /// <summary>Records that are gone.</summary>
    AuditMissing,

    /// <summary>Records that verify but that the chain does not lead to: written beside it, or from before a loss of its head.</summary>
    AuditApart,

    /// <summary>Chains whose head is gone or does not verify.</summary>
    AuditHeads,
}
