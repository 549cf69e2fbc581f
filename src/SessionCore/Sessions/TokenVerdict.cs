namespace SessionCore.Sessions;

/// <summary>What a presented token is, judged from its text and the key ring alone.</summary>
public enum TokenVerdict
{
    /// <summary>Issued by this service; whether it is still good, its session's row tells.</summary>
    Genuine,

    /// <summary>Not of the grammar, or its checksum is wrong.</summary>
    Malformed,

    /// <summary>Of the grammar, but not issued under a key of the ring.</summary>
    Forged,

    /// <summary>Issued under a key that this instance does not know yet: neither yes nor no.</summary>
    KeyUnknown,
}
