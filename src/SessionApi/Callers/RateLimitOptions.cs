using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Limits on guessing and on the rate of one caller. Bound from <see cref="SectionName"/>; counted per instance.</summary>
public sealed class RateLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "RateLimit";

    /// <summary>Gets or sets how many requests with a bad credential an address may make in a window before it gets 429.</summary>
    /// <value>Default 20; 1 to 1,000,000. Requests with a good credential never count.</value>
    [Range(1, 1_000_000)]
    public int Failures { get; set; } = 20;

    /// <summary>Gets or sets the length of the window.</summary>
    /// <value>Default 10 seconds; 1 second to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the sustained rate of one caller, in requests per second.</summary>
    /// <value>Default 0: no limit; up to 1,000,000.</value>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; }

    /// <summary>Gets or sets the burst of one caller, in requests.</summary>
    /// <value>Default 100; 1 to 1,000,000. Without effect while <see cref="RequestsPerSecond"/> is 0.</value>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 100;

    /// <summary>
    /// Gets or sets the header in which a front end passes the client's address, such as <c>CLIENT-IP</c> or <c>X-Azure-SocketIP</c>.
    /// The front end must overwrite it on every request, and no other route may lead to the app: the header is trusted from every
    /// connection and takes precedence over <see cref="ProxiesOptions.Trusted"/>.
    /// </summary>
    /// <value>Default none; <c>CLIENT-IP</c> on a Functions app that runs in Azure. Letters, digits and hyphens, up to 64.</value>
    [RegularExpression("[A-Za-z0-9-]{1,64}", MatchTimeoutInMilliseconds = 1000)]
    public string? ClientAddressHeader { get; set; }
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;
