namespace SessionCore.Maintenance;

/// <summary>What a call to run a job came to.</summary>
public sealed record MaintenanceReport
{
    /// <summary>Gets the run's number; null when nothing was to be done.</summary>
    public long? RunId { get; init; }

    /// <summary>Gets a value indicating whether every range is through. If not, another instance is at it or the next run goes on.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Gets how many ranges this call has worked on.</summary>
    public int RangesWorked { get; init; }

    /// <summary>Gets the counts of the run so far, over all instances.</summary>
    public IReadOnlyDictionary<MaintenanceCount, long> Counts { get; init; } = new Dictionary<MaintenanceCount, long>();
}
