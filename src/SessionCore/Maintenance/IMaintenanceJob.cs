namespace SessionCore.Maintenance;

/// <summary>Job over the whole store, one range at a time. It renews its lease and does not know runs.</summary>
internal interface IMaintenanceJob
{
    /// <summary>Gets the name, which prefixes its rows.</summary>
    string Name { get; }

    /// <summary>Gets the name in metrics and traces, one of few.</summary>
    string Kind => Name;

    /// <summary>Gets the number of ranges of a new run.</summary>
    int Ranges { get; }

    /// <summary>Gets the interval between runs.</summary>
    TimeSpan Interval { get; }

    /// <summary>
    /// Gets the maximum age of an unfinished run to be joined. An older run is abandoned, so that a range which always fails does not
    /// block the others.
    /// </summary>
    TimeSpan JoinWindow { get; }

    /// <summary>Whether a new run has anything to do; at most one read.</summary>
    ValueTask<bool> HasWorkAsync(CancellationToken cancellationToken);

    /// <summary>Processes a range until it is done, the time is spent, or the lease is lost.</summary>
    ValueTask<RangeEnd> WorkAsync(MaintenanceLease lease, ShardRange range, WorkWindow window, CancellationToken cancellationToken);
}

/// <summary>Reason why a job stopped working on a range.</summary>
internal enum RangeEnd
{
    /// <summary>The range is done.</summary>
    Through,

    /// <summary>The time of the call is spent.</summary>
    OutOfTime,

    /// <summary>Another instance holds the range.</summary>
    Lost,
}
