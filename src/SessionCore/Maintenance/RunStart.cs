namespace SessionCore.Maintenance;

/// <summary>Why a run is asked for.</summary>
public enum RunStart
{
    /// <summary>A timer of the interval has fired: joins a run under way, or begins one if the last is long enough ago. A tick too many costs one read.</summary>
    Scheduled,

    /// <summary>A look more often than it is meant to run: joins a run under way, or begins one if the interval has gone by since the last began.</summary>
    Due,

    /// <summary>An operator asks: joins a run under way, or begins one.</summary>
    Demanded,

    /// <summary>Joins a run that is unfinished; begins none.</summary>
    Continued,
}
