using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Proxies in front of the host. Bound from <see cref="SectionName"/>.</summary>
public sealed class ProxiesOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Proxies";

    /// <summary>
    /// Gets the proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Host</c> are trusted: addresses or
    /// networks. The client's address (for limits) is the rightmost hop outside the list; scheme and host (for the check against
    /// request forgery) are those of the same hop. No other forwarding header is read.
    /// </summary>
    /// <value>Default none: the connection's own address, scheme and host are used. E.g. <c>10.0.0.0/8</c>, <c>::1</c>.</value>
    public IList<string> Trusted { get; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Trusted.Count; i++)
        {
            if (TryParseNetwork(Trusted[i]) is null)
            {
                yield return new ValidationResult($"{SectionName}:Trusted:{i} must be an IP address or a network such as 10.0.0.0/8.");
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
internal sealed partial class ProxiesOptionsValidator : IValidateOptions<ProxiesOptions>;
