namespace SessionCore.Tables;

/// <summary>The conditional writes a table knows.</summary>
public enum TableWriteKind
{
    /// <summary>The row must not exist.</summary>
    Insert,

    /// <summary>The row must have the named entity tag; properties that are not named go.</summary>
    Replace,

    /// <summary>The row must have the named entity tag; properties that are not named stay.</summary>
    Merge,

    /// <summary>The row must have the named entity tag, and goes.</summary>
    Delete,
}
