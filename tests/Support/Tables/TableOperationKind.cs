namespace Support.Tables;

/// <summary>The calls of an <see cref="SessionCore.Tables.ITable"/>.</summary>
public enum TableOperationKind
{
    EnsureExists,
    Find,
    Query,
    Write,
    WriteAll,
}
