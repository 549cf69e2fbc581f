using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>What is read of a request: the token, and the facts of the device.</summary>
internal static class SessionRequest
{
    private const string BearerPrefix = "Bearer ";
    private const string TokenPrefix = "sst_";

    // More than any token has, and less than a header may have.
    private const int MaxTokenLength = 512;

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Returns the token in the header <c>Authorization</c>; null when there is none.</summary>
    public static string? BearerToken(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        return header?.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) is true && LooksLikeToken(header[BearerPrefix.Length..])
            ? header[BearerPrefix.Length..]
            : null;
    }

    /// <summary>Whether a text may be a token. What may not is asked of nobody.</summary>
    public static bool LooksLikeToken(string? text) =>
        text is not null && text.Length <= MaxTokenLength && text.StartsWith(TokenPrefix, StringComparison.Ordinal) && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Returns the address of the user; null when the connection has none.</summary>
    public static string? Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        // The zone of a link-local address says something about this machine only.
        return address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 }
            ? new IPAddress(address.GetAddressBytes()).ToString()
            : address?.ToString();
    }

    /// <summary>Returns the facts of the device.</summary>
    public static NewDevice Device(HttpContext context, string? label)
    {
        var headers = context.Request.Headers;
        return new NewDevice
        {
            Label = label,
            UserAgent = NullIfEmpty(headers[HeaderNames.UserAgent]),
            IpAddress = Address(context),
            SecChUa = NullIfEmpty(headers["Sec-CH-UA"]),
            SecChUaPlatform = NullIfEmpty(headers["Sec-CH-UA-Platform"]),
            SecChUaMobile = NullIfEmpty(headers["Sec-CH-UA-Mobile"]),
        };
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
