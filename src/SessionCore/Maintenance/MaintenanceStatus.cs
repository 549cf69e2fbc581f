namespace SessionCore.Maintenance;

/// <summary>Status of maintenance, read from the store and therefore the same on every instance.</summary>
public sealed record MaintenanceStatus
{
    /// <summary>Gets the purge of what has expired.</summary>
    public required MaintenanceJobStatus Purge { get; init; }

    /// <summary>Gets the rebuild of the user indexes.</summary>
    public required MaintenanceJobStatus Rebuild { get; init; }

    /// <summary>Gets how long the oldest due entry has been waiting for the purge; zero when none is.</summary>
    public required TimeSpan BacklogAge { get; init; }
}

/// <summary>The state of one job.</summary>
public sealed record MaintenanceJobStatus
{
    /// <summary>Gets the number of the latest run; null when there was none.</summary>
    public long? RunId { get; init; }

    /// <summary>Gets when the latest run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets a value indicating whether the latest run is through.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Gets how many ranges the latest run is divided in.</summary>
    public int Ranges { get; init; }

    /// <summary>Gets how many ranges of the latest run are through.</summary>
    public int RangesDone { get; init; }

    /// <summary>Gets the counts of the latest run so far.</summary>
    public IReadOnlyDictionary<MaintenanceCount, long> Counts { get; init; } = new Dictionary<MaintenanceCount, long>();

    /// <summary>Gets when the last finished run began; null when none has finished.</summary>
    public DateTimeOffset? LastStartedAt { get; init; }

    /// <summary>Gets when the last finished run ended; null when none has.</summary>
    public DateTimeOffset? LastFinishedAt { get; init; }

    /// <summary>Gets the counts of the last finished run.</summary>
    public IReadOnlyDictionary<MaintenanceCount, long> LastCounts { get; init; } = new Dictionary<MaintenanceCount, long>();

    /// <summary>Gets when the next run begins, by the configured interval; null when there was none yet.</summary>
    public DateTimeOffset? NextRunAt { get; init; }
}
