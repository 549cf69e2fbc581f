using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Bench.Driver;
using Bench.Runner.Servers;
using SessionCore.Protection;

namespace Bench.Runner.Loads;

/// <summary>Requests to the product as bytes.</summary>
internal sealed class OurRequests(string serviceKey)
{
    private readonly string[] _service = ["Authorization: Bearer " + serviceKey];

    /// <summary>A forged token with the right grammar and checksum: one character of the secret is changed.</summary>
    public static string Forge(string token)
    {
        var text = token.ToCharArray();
        var at = text.Length / 2;
        text[at] = text[at] == 'A' ? 'B' : 'A';
        Checksum.Write(text.AsSpan(0, text.Length - Checksum.Length), text.AsSpan(text.Length - Checksum.Length));
        return new string(text);
    }

    public byte[] Introspect(string token, bool touch) => HttpRequestBytes.Render(
        "POST", "/api/v1/sessions/introspect", _service, touch ? $$"""{"token":"{{token}}"}""" : $$"""{"token":"{{token}}","touch":false}""");

    public byte[] IssuePassport(string token) => HttpRequestBytes.Render(
        "POST", "/api/v1/sessions/introspect", _service, $$$"""{"token":"{{{token}}}","touch":false,"passport":{"audience":"{{{OurServers.Audience}}}"}}""");

    /// <summary>A request to an application that verifies passports.</summary>
    public static byte[] PresentPassport(string passport) => HttpRequestBytes.Render("GET", "/user", ["Authorization: Bearer " + passport]);

    /// <summary>A request to a function of <c>LeastFunctions</c>, as long as an introspection.</summary>
    public byte[] LeastFunction(string name, string token) => HttpRequestBytes.Render("POST", "/api/" + name, _service, $$"""{"token":"{{token}}","touch":false}""");

    public static byte[] WhoAmI(string token) => HttpRequestBytes.Render("GET", "/api/v1/session", ["Authorization: Bearer " + token]);

    public byte[] Create(long user) => HttpRequestBytes.Render("POST", "/api/v1/sessions", _service, SampleSession.Of(user));

    public byte[] Patch(string sid) => HttpRequestBytes.Render(
        "PATCH", $"/api/v1/sessions/{sid}/data", _service, SampleSession.Patch, "application/merge-patch+json");

    /// <summary>Replaces the data by as much as a keyed save does.</summary>
    public byte[] PutData(string sid) => HttpRequestBytes.Render("PUT", $"/api/v1/sessions/{sid}/data", _service, SampleSession.Data);

    /// <summary>Creates the session of a key, with all that a session with a token has.</summary>
    public byte[] CreateKeyed(long number) => HttpRequestBytes.Render(
        "PUT", "/api/v1/keyed-sessions/" + KeyOf(number), _service, SampleSession.Of(number));

    /// <summary>Saves the session of a key, as a session store does: its data alone.</summary>
    public byte[] SaveKeyed(long number) => HttpRequestBytes.Render(
        "PUT", "/api/v1/keyed-sessions/" + KeyOf(number), _service, $$"""{"data":{{SampleSession.Data}}}""");

    public byte[] ReadKeyed(long number) => HttpRequestBytes.Render("GET", "/api/v1/keyed-sessions/" + KeyOf(number), _service);

    public byte[] Touch(string sid) => HttpRequestBytes.Render("POST", $"/api/v1/sessions/{sid}/touch", _service);

    public byte[] Rotate(string sid) => HttpRequestBytes.Render("POST", $"/api/v1/sessions/{sid}/rotate", _service);

    public byte[] Revoke(string sid) => HttpRequestBytes.Render("DELETE", $"/api/v1/sessions/{sid}", _service);

    public byte[] List(long user, int pageSize) => HttpRequestBytes.Render(
        "GET", string.Create(CultureInfo.InvariantCulture, $"/api/v1/sessions?userId={SampleSession.UserOf(user)}&pageSize={pageSize}"), _service);

    public byte[] SignOutEverywhere(long user) => HttpRequestBytes.Render("DELETE", "/api/v1/sessions?userId=" + SampleSession.UserOf(user), _service);

    public byte[] Purge() => HttpRequestBytes.Render("POST", "/api/v1/operations/purge", _service);

    public byte[] Rebuild() => HttpRequestBytes.Render("POST", "/api/v1/operations/rebuild-indexes", _service);

    private static string KeyOf(long number) => Base64Url.EncodeToString(SHA256.HashData(BitConverter.GetBytes(number)));
}
