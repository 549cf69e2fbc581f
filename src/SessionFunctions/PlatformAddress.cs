using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SessionApi.Callers;

namespace SessionFunctions;

/// <summary>
/// Reads the client's address where the front end of Azure puts it. The Functions host overwrites <c>X-Forwarded-For</c> with the address of
/// that front end, so that without this all clients are one. Outside Azure nobody takes the header from a client, and it is not believed.
/// </summary>
internal sealed class PlatformAddress(IConfiguration configuration) : IPostConfigureOptions<RateLimitOptions>
{
    /// <summary>Set by the platform for every app that it runs.</summary>
    public const string SiteName = "WEBSITE_SITE_NAME";

    private const string Header = "CLIENT-IP";

    public void PostConfigure(string? name, RateLimitOptions options)
    {
        if (!string.IsNullOrEmpty(configuration[SiteName]))
        {
            options.ClientAddressHeader ??= Header;
        }
    }
}
