using System.Globalization;
using Bench.Driver;
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

    /// <summary>A request to the empty function, as long as an introspection.</summary>
    public byte[] Empty(string token) => HttpRequestBytes.Render("POST", "/api/empty", _service, $$"""{"token":"{{token}}","touch":false}""");

    public static byte[] WhoAmI(string token) => HttpRequestBytes.Render("GET", "/api/v1/session", ["Authorization: Bearer " + token]);

    public byte[] Create(long user) => HttpRequestBytes.Render("POST", "/api/v1/sessions", _service, SampleSession.Of(user));

    public byte[] Patch(string sid) => HttpRequestBytes.Render(
        "PATCH", $"/api/v1/sessions/{sid}/data", _service, SampleSession.Patch, "application/merge-patch+json");

    public byte[] Touch(string sid) => HttpRequestBytes.Render("POST", $"/api/v1/sessions/{sid}/touch", _service);

    public byte[] Rotate(string sid) => HttpRequestBytes.Render("POST", $"/api/v1/sessions/{sid}/rotate", _service);

    public byte[] Revoke(string sid) => HttpRequestBytes.Render("DELETE", $"/api/v1/sessions/{sid}", _service);

    public byte[] List(long user, int pageSize) => HttpRequestBytes.Render(
        "GET", string.Create(CultureInfo.InvariantCulture, $"/api/v1/sessions?userId={SampleSession.UserOf(user)}&pageSize={pageSize}"), _service);

    public byte[] SignOutEverywhere(long user) => HttpRequestBytes.Render("DELETE", "/api/v1/sessions?userId=" + SampleSession.UserOf(user), _service);

    public byte[] Purge() => HttpRequestBytes.Render("POST", "/api/v1/operations/purge", _service);

    public byte[] Rebuild() => HttpRequestBytes.Render("POST", "/api/v1/operations/rebuild-indexes", _service);
}
