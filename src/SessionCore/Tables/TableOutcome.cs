namespace SessionCore.Tables;

/// <summary>Outcome of a conditional write.</summary>
public enum TableOutcome
{
    /// <summary>Applied.</summary>
    Written,

    /// <summary>A row with the same keys exists (409); nothing changed.</summary>
    AlreadyExists,

    /// <summary>The row has another entity tag (412); nothing changed.</summary>
    Conflict,

    /// <summary>The row does not exist (404); nothing changed.</summary>
    NotFound,
}
