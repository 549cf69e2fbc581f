namespace SessionCore.Maintenance;

/// <summary>Something that is done to the whole store, range by range. It knows nothing of runs, and holds the lease it is given.</summary>
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
