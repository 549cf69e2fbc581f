using SessionCore.Maintenance;

namespace SessionCore.Incidents;

/// <summary>State of the deployment, for operators.</summary>
public sealed record Overview
{
    /// <summary>Gets when it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the status of maintenance, with the count of live sessions.</summary>
    public required MaintenanceStatus Maintenance { get; init; }

    /// <summary>Gets the health of the cache, as the instance that read it sees it.</summary>
    public required CacheHealth Cache { get; init; }

    /// <summary>Gets the keys of the ring, the active one first.</summary>
    public required IReadOnlyList<OverviewKey> Keys { get; init; }

    /// <summary>Gets the instant before which every session counts as ended; null for none.</summary>
    public DateTimeOffset? RevokeBefore { get; init; }

    /// <summary>Gets the number of jobs that are running.</summary>
    public required int RunningJobs { get; init; }

    /// <summary>Gets a value indicating whether events are on.</summary>
    public required bool EventsEnabled { get; init; }

    /// <summary>Gets how many events are parked, at most 1,000.</summary>
    public int ParkedEvents { get; init; }

    /// <summary>Gets the receivers of events.</summary>
    public IReadOnlyList<OverviewTarget> Targets { get; init; } = [];
}

/// <summary>Health of the cache.</summary>
public enum CacheHealth
{
    /// <summary>No cache is configured.</summary>
    Off,

    /// <summary>Redis answers.</summary>
    Ok,

    /// <summary>Redis keeps failing; the table answers.</summary>
    Failing,
}

/// <summary>Key of the ring.</summary>
/// <param name="Id">The number of the key.</param>
/// <param name="IsActive">Whether it seals what is new.</param>
/// <param name="Since">When it was announced to the deployment; null when that was not recorded.</param>
public sealed record OverviewKey(uint Id, bool IsActive, DateTimeOffset? Since);

/// <summary>Receiver of events.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">The types of events that it receives.</param>
/// <param name="IsFailing">Whether deliveries by the instance that read it keep failing.</param>
public sealed record OverviewTarget(string Name, IReadOnlyList<string> Types, bool IsFailing);
