namespace SessionCore.Maintenance;

/// <summary>Job over the whole store, one range at a time. Knows nothing of runs; keeps the lease that it is given.</summary>
internal interface IMaintenanceJob
{
    /// <summary>Gets the name of its rows.</summary>
    string Name { get; }

    /// <summary>Gets how many ranges a new run is divided in.</summary>
    int Ranges { get; }

    /// <summary>Gets how often it is meant to run.</summary>
    TimeSpan Interval { get; }

    /// <summary>Gets how old an unfinished run may be to be joined; an older one is given up, so that a range which always fails does not hold up the others.</summary>
    TimeSpan JoinWindow { get; }

    /// <summary>Whether a new run has anything to do; one cheap look.</summary>
    ValueTask<bool> HasWorkAsync(CancellationToken cancellationToken);

    /// <summary>Works on a range until it is through, the time is spent, or the lease is lost.</summary>
    ValueTask<RangeEnd> WorkAsync(MaintenanceLease lease, ShardRange range, WorkWindow window, CancellationToken cancellationToken);
}

/// <summary>Reason for which a job stopped working on a range.</summary>
internal enum RangeEnd
{
    /// <summary>The range is done.</summary>
    Through,

    /// <summary>The time of the call is spent.</summary>
    OutOfTime,

    /// <summary>Another instance holds the range.</summary>
    Lost,
}
