using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Finds the address a request comes from, for limits only.</summary>
internal sealed class ClientAddress(IOptions<RateLimitOptions> options)
{
    private readonly IPNetwork[] _proxies =
        [.. options.Value.TrustedProxies.Select(RateLimitOptions.TryParseNetwork).OfType<IPNetwork>()];

    private readonly string? _header = options.Value.ClientAddressHeader;

    /// <summary>
    /// The address in the front end's own header, where one is configured: the last of its values, which the front end wrote.
    /// Else the connection's address; behind trusted proxies the rightmost forwarded hop that is not one of them. What stands
    /// further to the left is the client's own claim and is not looked at.
    /// </summary>
    public IPAddress Of(HttpContext context)
    {
        if (_header is not null && TryParseHop(LastOf(context.Request.Headers[_header].ToString())) is { } told)
        {
            return told;
        }

        var address = Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);
        if (_proxies.Length == 0 || !IsProxy(address))
        {
            return address;
        }

        var hops = context.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries);
        for (var i = hops.Length - 1; i >= 0 && TryParseHop(hops[i]) is { } hop; i--)
        {
            address = hop;
            if (!IsProxy(hop))
            {
                break;
            }
        }

        return address;
    }

    private static string LastOf(string values) => values[(values.LastIndexOf(',') + 1)..].Trim();

    // Some proxies append the port.
    private static IPAddress? TryParseHop(string hop) => IPEndPoint.TryParse(hop, out var endPoint) ? Plain(endPoint.Address) : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private bool IsProxy(IPAddress address)
    {
        foreach (var proxy in _proxies)
        {
            if (proxy.BaseAddress.AddressFamily == address.AddressFamily && proxy.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
