using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Limits against guessing and against a caller that takes it all. Bound from <see cref="SectionName"/>; counted per instance.</summary>
public sealed class RateLimitOptions : IValidatableObject
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

    /// <summary>Gets or sets how many requests a second one caller may make in the long run.</summary>
    /// <value>Default 0: no limit; up to 1,000,000.</value>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; }

    /// <summary>Gets or sets how many requests a caller may make at once after a pause.</summary>
    /// <value>Default 100; 1 to 1,000,000. Without effect while <see cref="RequestsPerSecond"/> is 0.</value>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 100;

    /// <summary>
    /// Gets the proxies whose <c>X-Forwarded-For</c> is believed: addresses or networks. The client's address is then the
    /// rightmost hop that is none of them. No other forwarding header is ever read.
    /// </summary>
    /// <value>Default none: the address of the connection counts. E.g. <c>10.0.0.0/8</c>, <c>::1</c>.</value>
    public IList<string> TrustedProxies { get; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < TrustedProxies.Count; i++)
        {
            if (TryParseNetwork(TrustedProxies[i]) is null)
            {
                yield return new ValidationResult(
                    $"RateLimit:TrustedProxies:{i} must be an address or a network such as 10.0.0.0/8.");
            }
        }
    }

    internal static IPNetwork? TryParseNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;
