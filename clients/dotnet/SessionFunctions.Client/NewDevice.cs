namespace SessionFunctions.Client;

/// <summary>The device that a session is created on, as its requests describe it.</summary>
public sealed record NewDevice
{
    /// <summary>Gets a name that the user gave the device: at most 128 characters.</summary>
    public string? Label { get; init; }

    /// <summary>Gets the header <c>User-Agent</c>; cut to 512 characters by the API.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Gets the address of the user, IPv4 or IPv6.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Gets the header <c>Sec-CH-UA</c> as it came. It names the device better than the user agent, and is not kept.</summary>
    public string? SecChUa { get; init; }

    /// <summary>Gets the header <c>Sec-CH-UA-Platform</c>.</summary>
    public string? SecChUaPlatform { get; init; }

    /// <summary>Gets the header <c>Sec-CH-UA-Mobile</c>.</summary>
    public string? SecChUaMobile { get; init; }
}
