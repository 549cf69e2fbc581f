namespace SessionCore.Protection;

/// <summary>Result of decrypting or verifying a protected value.</summary>
internal enum Opening
{
    /// <summary>Genuine.</summary>
    Opened,

    /// <summary>Not protected by a key of the ring for this purpose.</summary>
    Refused,

    /// <summary>Protected by a key that this instance does not have yet, so it cannot be decided.</summary>
    KeyUnknown,
}
