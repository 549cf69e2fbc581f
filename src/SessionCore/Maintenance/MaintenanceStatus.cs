namespace SessionCore.Maintenance;

/// <summary>How the store is kept clean: read from the store, so every instance tells the same.</summary>
public sealed record MaintenanceStatus
{
    /// <summary>Gets the purge of what has expired.</summary>
    public required MaintenanceJobStatus Purge { get; init; }

    /// <summary>Gets the rebuild of the user indexes.</summary>
    public required MaintenanceJobStatus Rebuild { get; init; }

    /// <summary>Gets how long the oldest due entry has been waiting for the purge; zero when none is.</summary>
    public required TimeSpan BacklogAge { get; init; }
}
