namespace SessionCore.Protection;

/// <summary>Result of opening a sealed value.</summary>
internal enum Opening
{
    /// <summary>It is genuine and this is its content.</summary>
    Opened,

    /// <summary>It is not what a key of the ring has sealed for this place.</summary>
    Refused,

    /// <summary>It is sealed under a key this instance does not know yet: neither yes nor no.</summary>
    KeyUnknown,
}
