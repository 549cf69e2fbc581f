namespace SessionCore.Tables;

/// <summary>How a conditional write ended.</summary>
public enum TableOutcome
{
    /// <summary>Applied.</summary>
    Written,

    /// <summary>An insert met a row of the same keys (409); nothing changed.</summary>
    AlreadyExists,

    /// <summary>The row has another entity tag than the one named (412); nothing changed.</summary>
    Conflict,

    /// <summary>There is no such row (404); nothing changed.</summary>
    NotFound,
}
