namespace SessionCore.Protection;

/// <summary>What a key of the ring is used for.</summary>
public enum KeyState
{
    /// <summary>Opens what it has protected, protects nothing new.</summary>
    Read,

    /// <summary>Protects everything new. Exactly one key of a ring is active.</summary>
    Active,
}
