namespace SessionCore.Sessions;

/// <summary>What answered.</summary>
public enum ReadSource
{
    /// <summary>The table.</summary>
    Table,

    /// <summary>The cache.</summary>
    Cache,
}
