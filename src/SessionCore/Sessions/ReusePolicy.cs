namespace SessionCore.Sessions;

/// <summary>What happens when a token that has been rotated away is presented after its grace.</summary>
public enum ReusePolicy
{
    /// <summary>It is refused, counted and logged.</summary>
    Refuse,

    /// <summary>It also ends the session, reason <c>reuse-detected</c>: somebody holds a copy.</summary>
    End,
}
