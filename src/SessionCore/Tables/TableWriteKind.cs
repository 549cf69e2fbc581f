namespace SessionCore.Tables;

/// <summary>Kind of a conditional write.</summary>
public enum TableWriteKind
{
    /// <summary>The row must not exist.</summary>
    Insert,

    /// <summary>The row must have the given entity tag; other properties are removed.</summary>
    Replace,

    /// <summary>The row must have the given entity tag; other properties are kept.</summary>
    Merge,

    /// <summary>The row must have the given entity tag and is deleted.</summary>
    Delete,
}
