namespace SessionCore.Maintenance;

/// <summary>Why the work on a range has ended.</summary>
internal enum RangeEnd
{
    /// <summary>There is nothing left to do.</summary>
    Through,

    /// <summary>The time of the run is spent.</summary>
    OutOfTime,

    /// <summary>Somebody else has the range.</summary>
    Lost,
}
