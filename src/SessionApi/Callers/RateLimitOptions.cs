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
    /// Gets or sets the header in which a front end tells the client's address, such as <c>CLIENT-IP</c> or <c>X-Azure-SocketIP</c>.
    /// Name only one that the front end sets on every request whatever the client sent, where nothing else reaches the app: it is
    /// believed from every connection, before <see cref="TrustedProxies"/>.
    /// </summary>
    /// <value>Default none; <c>CLIENT-IP</c> on a Functions app that runs in Azure. Letters, digits and hyphens, up to 64.</value>
    [RegularExpression("[A-Za-z0-9-]{1,64}", MatchTimeoutInMilliseconds = 1000)]
    public string? ClientAddressHeader { get; set; }

    /// <summary>
    /// Gets the proxies whose <c>X-Forwarded-For</c> is believed: addresses or networks. The client's address is then the
    /// rightmost hop that is none of them.
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
