using SessionCore.Maintenance;

namespace SessionCore.Incidents;

/// <summary>Job over all sessions that fit a filter.</summary>
public sealed record SessionJob
{
    /// <summary>Gets the id.</summary>
    public required JobId Id { get; init; }

    /// <summary>Gets what is done.</summary>
    public required JobRequest Request { get; init; }

    /// <summary>Gets the number of users in the filter; null for all users.</summary>
    public int? UserCount { get; init; }

    /// <summary>Gets whether it is worked on.</summary>
    public required JobState State { get; init; }

    /// <summary>Gets when it was created. Sessions that have begun since are not its.</summary>
    public DateTimeOffset CreatedAt => Id.CreatedAt;

    /// <summary>Gets when it finished; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets when it and its result may be deleted.</summary>
    public DateTimeOffset ExpiresAt => CreatedAt + SessionJobs.Retention;

    /// <summary>Gets how far it is.</summary>
    public JobProgress Progress { get; init; } = new();
}

/// <summary>What a job is asked to do.</summary>
/// <param name="Kind">What happens to the sessions.</param>
/// <param name="Filter">Which sessions. Of a job that was read it has no users.</param>
public sealed record JobRequest(JobKind Kind, SessionFilter Filter)
{
    /// <summary>Gets a value indicating whether a revocation only lists what would end.</summary>
    public bool DryRun { get; init; }

    /// <summary>Gets the reason of a revocation, in kebab-case.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the id of who asked.</summary>
    public required string CallerId { get; init; }

    /// <summary>Gets the name of who asked, for people.</summary>
    public required string CallerName { get; init; }
}

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>Ends the sessions.</summary>
    Revoke,

    /// <summary>Lists them.</summary>
    Export,

    /// <summary>Counts them.</summary>
    Count,
}

/// <summary>State of a job.</summary>
public enum JobState
{
    /// <summary>It is worked on, or waits for an instance.</summary>
    Running,

    /// <summary>An operator has stopped it; it can go on.</summary>
    Cancelled,

    /// <summary>All sessions have been looked at.</summary>
    Finished,
}

/// <summary>Progress of a job, as its ranges have saved it.</summary>
public sealed record JobProgress
{
    /// <summary>Gets the number of ranges.</summary>
    public int Ranges { get; init; }

    /// <summary>Gets the number of finished ranges.</summary>
    public int RangesDone { get; init; }

    /// <summary>Gets the part of the users that has been gone through, 0 to 1.</summary>
    public double Part { get; init; }

    /// <summary>Gets the number of rows looked at.</summary>
    public long Examined { get; init; }

    /// <summary>Gets the number of sessions that fit.</summary>
    public long Matched { get; init; }

    /// <summary>Gets the number of sessions that were ended.</summary>
    public long Ended { get; init; }

    /// <summary>Gets the rows looked at in a second, since the job was created.</summary>
    public double RatePerSecond { get; init; }

    internal static JobProgress Of(MaintenanceTally tally, int ranges, int done, double part, TimeSpan elapsed) => new()
    {
        Ranges = ranges,
        RangesDone = done,
        Part = part,
        Examined = tally[MaintenanceCount.Rows],
        Matched = tally[MaintenanceCount.Matched],
        Ended = tally[MaintenanceCount.Ended],
        RatePerSecond = elapsed > TimeSpan.Zero ? tally[MaintenanceCount.Rows] / elapsed.TotalSeconds : 0,
    };
}

/// <summary>Page of the result of a job.</summary>
/// <param name="Lines">Lines of JSON, each with a line feed.</param>
/// <param name="Continuation">Where the next page begins; null at the end.</param>
public sealed record JobResultPage(ReadOnlyMemory<byte> Lines, string? Continuation);
