namespace SessionCore.Sessions;

/// <summary>What the creating service tells of the user's device. Personal: kept only in the protected body.</summary>
/// <param name="Label">What the user calls it, such as "Chrome on macOS".</param>
/// <param name="UserAgent">The raw user agent.</param>
/// <param name="IpAddress">The address at sign-in, in text form.</param>
public sealed record SessionDevice(string? Label, string? UserAgent, string? IpAddress);
