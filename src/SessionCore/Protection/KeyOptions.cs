namespace SessionCore.Protection;

/// <summary>One key of the ring.</summary>
public sealed class KeyOptions
{
    /// <summary>Gets or sets the key's number. A later key has a higher number.</summary>
    /// <value>Required; 1 to 4,294,967,295.</value>
    public uint Id { get; set; }

    /// <summary>Gets or sets the key itself: 32 random bytes in base64. A secret.</summary>
    /// <value>Required.</value>
    public string Key { get; set; } = "";

    /// <summary>Gets or sets what the key is used for.</summary>
    /// <value>Default <see cref="KeyState.Read"/>.</value>
    public KeyState State { get; set; }
}
