using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SessionApi.Callers;

namespace SessionFunctions;

/// <summary>
/// Reads the client's address from the header that Azure's front end sets. The Functions host overwrites <c>X-Forwarded-For</c> with
/// the address of that front end, so without this all clients would share one address. Outside Azure no front end removes the header
/// from a client's request, so it is not trusted there.
/// </summary>
internal sealed class PlatformAddress(IConfiguration configuration) : IPostConfigureOptions<RateLimitOptions>
{
    /// <summary>Environment variable that the platform sets for every app.</summary>
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
