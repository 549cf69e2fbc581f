namespace SessionCore.Sessions;

/// <summary>Device of the user, as given by the creating service. Personal data, stored only in the encrypted body.</summary>
/// <param name="Label">The display name, such as "Chrome on macOS".</param>
/// <param name="UserAgent">The raw user agent.</param>
/// <param name="IpAddress">The address at sign-in, in text form.</param>
public sealed record SessionDevice(string? Label, string? UserAgent, string? IpAddress)
{
    /// <summary>Gets what the browser told of itself; used for the device's name and not kept.</summary>
    public ClientHints Hints { get; init; }
}

/// <summary>The client hints of a request that browsers send unasked (User-Agent Client Hints, W3C), each as the header was.</summary>
/// <param name="Brands"><c>Sec-CH-UA</c>: the browser's names.</param>
/// <param name="Platform"><c>Sec-CH-UA-Platform</c>: the operating system.</param>
/// <param name="Mobile"><c>Sec-CH-UA-Mobile</c>: whether it is a phone.</param>
public readonly record struct ClientHints(string? Brands, string? Platform, string? Mobile);
