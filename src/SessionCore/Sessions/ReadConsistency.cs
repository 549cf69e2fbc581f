namespace SessionCore.Sessions;

/// <summary>Consistency of a read.</summary>
public enum ReadConsistency
{
    /// <summary>The cache may answer, under the rules of the cache protocol.</summary>
    Cached,

    /// <summary>The table answers: linearizable.</summary>
    Strong,
}
