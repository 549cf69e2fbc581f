namespace SessionFunctions.Client;

/// <summary>The device of a session.</summary>
public sealed record SessionDevice
{
    /// <summary>Gets the label; without one, a readable name such as <c>Safari on iPhone</c>. Null when nothing was told.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the name that the user gave the device.</summary>
    public string? Label { get; init; }

    /// <summary>Gets the user agent at creation.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Gets the address at creation.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Gets the address of the latest activity.</summary>
    public string? LastIpAddress { get; init; }
}
