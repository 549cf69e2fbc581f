namespace SessionCore.Maintenance;

/// <summary>Status of maintenance, read from the store and therefore the same on every instance.</summary>
public sealed record MaintenanceStatus
{
    /// <summary>Gets the status of the purge.</summary>
    public required MaintenanceJobStatus Purge { get; init; }

    /// <summary>Gets the status of the rebuild.</summary>
    public required MaintenanceJobStatus Rebuild { get; init; }

    /// <summary>Gets how long the oldest due entry has been waiting for the purge; zero without waiting entries.</summary>
    public required TimeSpan BacklogAge { get; init; }

    /// <summary>Gets the number of live sessions; null until a rebuild has counted them.</summary>
    public LiveSessionCount? Sessions { get; init; }

    /// <summary>Gets what has begun and ended in each of the last 24 hours, oldest first; the last one is in progress.</summary>
    public IReadOnlyList<SessionHour> Hours { get; init; } = [];
}

/// <summary>Status of a job.</summary>
public sealed record MaintenanceJobStatus
{
    /// <summary>Gets the number of the latest run; null when there was none.</summary>
    public long? RunId { get; init; }

    /// <summary>Gets when the latest run started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets a value indicating whether the latest run is finished.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Gets the number of ranges of the latest run.</summary>
    public int Ranges { get; init; }

    /// <summary>Gets the number of finished ranges of the latest run.</summary>
    public int RangesDone { get; init; }

    /// <summary>Gets the counts of the latest run so far.</summary>
    public IReadOnlyDictionary<MaintenanceCount, long> Counts { get; init; } = new Dictionary<MaintenanceCount, long>();

    /// <summary>Gets when the last finished run started; null when none has finished.</summary>
    public DateTimeOffset? LastStartedAt { get; init; }

    /// <summary>Gets when the last finished run ended; null when none has finished.</summary>
    public DateTimeOffset? LastFinishedAt { get; init; }

    /// <summary>Gets the counts of the last finished run.</summary>
    public IReadOnlyDictionary<MaintenanceCount, long> LastCounts { get; init; } = new Dictionary<MaintenanceCount, long>();

    /// <summary>Gets when the next run starts, by the configured interval; null before the first run.</summary>
    public DateTimeOffset? NextRunAt { get; init; }
}
