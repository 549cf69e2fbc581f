namespace SessionCore.Sessions;

/// <summary>Device of the user, as given by the creating service. Personal data, stored only in the encrypted body.</summary>
/// <param name="Label">The display name, such as "Chrome on macOS".</param>
/// <param name="UserAgent">The raw user agent.</param>
/// <param name="IpAddress">The address at sign-in, in text form.</param>
public sealed record SessionDevice(string? Label, string? UserAgent, string? IpAddress);
