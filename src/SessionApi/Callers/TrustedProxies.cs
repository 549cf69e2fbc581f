using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace SessionApi.Callers;

/// <summary>Client address and called origin, as seen by the outermost trusted proxy.</summary>
/// <remarks>
/// Not the framework's forwarded-headers middleware: the isolated worker has none, and all hosts must apply the same rules.
/// </remarks>
internal sealed class TrustedProxies(IOptions<ProxiesOptions> options, IOptions<RateLimitOptions> limits)
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";
    private const string ForwardedHost = "X-Forwarded-Host";

    private readonly IPNetwork[] _proxies = [.. options.Value.Trusted.Select(ProxiesOptions.TryParseNetwork).OfType<IPNetwork>()];

    private readonly string? _header = limits.Value.ClientAddressHeader;

    /// <summary>
    /// Returns the client's address. Where a header of the front end is configured, its last value, which the front end wrote.
    /// Otherwise the connection's address; behind trusted proxies the rightmost forwarded hop that is not one of them. Hops further
    /// left are unverified claims of the client.
    /// </summary>
    public IPAddress AddressOf(HttpContext context) =>
        _header is not null && TryParseHop(LastOf(context.Request.Headers[_header].ToString())) is { } told ? told : HopOf(context, out _);

    /// <summary>Whether an Origin header names the origin that the request was sent to.</summary>
    public bool IsOwnOrigin(string origin, HttpContext context)
    {
        var request = context.Request;
        var scheme = request.Scheme;
        var host = request.Host.Value;
        if (IsProxied(context))
        {
            HopOf(context, out var passed);
            scheme = ValueOf(request.Headers[ForwardedProto], passed) ?? scheme;
            host = ValueOf(request.Headers[ForwardedHost], passed) ?? host;
        }

        return Normalized($"{scheme}://{host}") is { } own && own == Normalized(origin);
    }

    // Scheme and host in lower case, without the scheme's default port; null for anything but an origin.
    private static string? Normalized(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
        && !origin.EndsWith('/')
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;

    // A proxy that appends to a header leaves one value per hop; one that overwrites it leaves a single value.
    private static string? ValueOf(StringValues header, int passed)
    {
        var values = header.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return values.Length == 0 ? null : values[Math.Max(0, values.Length - 1 - passed)];
    }

    private static string LastOf(string values) => values[(values.LastIndexOf(',') + 1)..].Trim();

    // Some proxies append the port.
    private static IPAddress? TryParseHop(string hop) => IPEndPoint.TryParse(hop, out var endPoint) ? Plain(endPoint.Address) : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPAddress ConnectionOf(HttpContext context) => Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);

    private bool IsProxied(HttpContext context) => _proxies.Length > 0 && IsProxy(ConnectionOf(context));

    /// <summary>Finds the client's hop.</summary>
    /// <param name="context">The request.</param>
    /// <param name="passed">The number of trusted hops to the right of it.</param>
    private IPAddress HopOf(HttpContext context, out int passed)
    {
        passed = 0;
        var address = ConnectionOf(context);
        if (!IsProxied(context))
        {
            return address;
        }

        var hops = context.Request.Headers[ForwardedFor].ToString().Split(',', StringSplitOptions.TrimEntries);
        for (var i = hops.Length - 1; i >= 0 && TryParseHop(hops[i]) is { } hop; i--)
        {
            address = hop;
            passed = hops.Length - 1 - i;
            if (!IsProxy(hop))
            {
                break;
            }
        }

        return address;
    }

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
