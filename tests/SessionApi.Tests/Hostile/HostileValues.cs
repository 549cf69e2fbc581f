using System.Text;
using System.Text.Json;

namespace SessionApi.Tests.Hostile;

/// <summary>What an attacker puts into a field. Every text holds <see cref="Canary"/>, so that an echo of it is seen.</summary>
internal static class HostileValues
{
    public const string Canary = "Hcanary_7Q";

    /// <summary>Texts for any place that takes one.</summary>
    public static readonly IReadOnlyList<string> Texts =
    [
        Canary,
        $"{Canary}' or 1 eq 1 or '",
        $"{Canary}\"; drop table sessions; --",
        $"../../{Canary}/%2e%2e%2f%00",
        $"{Canary}\\/#?&=%",
        $"<script>{Canary}</script>",
        $"${{jndi:ldap://{Canary}}}",
        $"{{{{{Canary}}}}}",
        $"{Canary}\r\nSet-Cookie: a=b",
        $"{Canary}\u001b[2J\u0007\b",
        $"{Canary}\u0000after",
        $"{Canary}\u202e\u2066\ufeff\u200b",
        $"{Canary}\ud83d\ude00\u0301\u0301\u0301",
        $"{Canary}{new string('a', 300)}",
        $"{Canary}{new string('\u00e9', 5_000)}",
        $" {Canary} ",
        $"sst_{Canary}",
        $"ssk_{Canary}_x",
        $"ses_{Canary}",
        $"W/\"{Canary}\"",
        $"\"{Canary}\"",
        $"*,{Canary}",
        $"-9223372036854775809{Canary}",

        // Texts of all planes, and what a writer may escape.
        $"{Canary}\u00a0\u2028\ue000\u007f\u0085",
        $"{Canary}\U0010fffd\U000e0001",
        $"{Canary}<>&'+\u0022",

        // Media types and encodings, instants, durations, lists of entity tags.
        $"application/json;charset=utf-8;{Canary}=\"a;b\"",
        $"application/{Canary}+json",
        $"application/json;\tcharset=utf8",
        $"gzip, {Canary}",
        $"2030-01-01t00:00:00.123456789123z{Canary}",
        "2016-12-31T23:59:60Z",
        "2030-01-01T00:00:00.Z",
        "2030-01-01T00:00:00+0000",
        "24:00:00",
        "PT24H",
        $"\"{Canary}\", W/\"1\", *",
        $"W/\"1\",,\"{Canary}",
    ];

    /// <summary>Values for a member of a body, as JSON.</summary>
    public static readonly IReadOnlyList<string> Json =
    [
        .. Texts.Select(text => JsonSerializer.Serialize(text)),
        "null", "true", "0", "-1", "1e400", "-0", "1.5", "3600.0", "3.6e3", "36E2", "3.6e-400", "9223372036854775808", "2147483648", "00", "NaN",
        "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"2030-01-01T00:00:00Z\"", "\"0x10\"", "\"::ffff:1.2.3.4%1\"",
        "[]", "{}", "[[[[]]]]", $$"""["{{Canary}}"]""", $$"""["{{Canary}}","{{Canary}}"]""", $$"""{"sub":"{{Canary}}","reason":"{{Canary}}"}""", $$"""{"sub":"{{Canary}}"}""", $$"""{"$type":"{{Canary}}"}""", $$"""{"__proto__":{"{{Canary}}":1} }""",
        $$"""[{"token":"{{Canary}}","touch":false},{"token":"sst_x","requires":{"methods":["{{Canary}}"]},"passport":{"audience":"{{Canary}}"} }]""", $$"""[{"token":"x"},{"{{Canary}}":[{}]},7]""",
        Nested('[', ']', 17), Nested('[', ']', 2_000), NestedObject(40),
        $$"""{"a":"{{new string('x', 40_000)}}{{Canary}}" }""",
        $$"""{"{{Canary}}":1,"{{Canary}}":2}""",
    ];

    /// <summary>Sids and other segments of a path, escaped as a client may.</summary>
    public static readonly IReadOnlyList<string> Segments =
    [
        .. Texts.Where(text => text.Length < 200).Select(Uri.EscapeDataString),
        "%2e%2e", "%2f", "..", ".", "%00", "%ff%fe", "%", "%E9", "%E", "%zz", "%C0%AF", "%ED%A0%80", "a+b", "ses_", "ses_%41", "SES_", $"ses_{new string('A', 43)}", $"ses_{new string('-', 43)}",
        "data", "introspect", "{sid}",
    ];

    /// <summary>Values of a credential header.</summary>
    public static IReadOnlyList<string> Credentials(string token, string key) =>
    [
        "", "Bearer", "Bearer ", $"Basic {Canary}", Basic("service", key), Basic("service", $"{key}{Canary}"), Basic(Canary, key), Basic("", ""), $"bearer  {token}", $"Bearer {token} ", $"Bearer {token},{token}", $"Bearer {key}\t",
        $"Bearer {token.ToUpperInvariant()}", $"Bearer {token[..^1]}", $"Bearer {token}A", $"Bearer {token[..20]}", $"Bearer sst_{key[4..]}", $"Bearer ssk_{token[4..]}",
        $"Bearer {key[..^1]}", $"Bearer {key.ToUpperInvariant()}", $"Bearer ssk__{Canary}", $"Bearer sst_{new string('A', 10_000)}", $"Bearer {Canary}",
        $"Token {token}", $"Bearer\u00a0{token}", $"Bearer {token}\u0000", $"Bearer {Jwt("""{"alg":"none"}""")}", $"Bearer {Jwt("""{"alg":"HS256"}""")}",
        $"Bearer {Jwt($$"""{"alg":"RS256","jku":"https://{{Canary}}.example/keys","kid":"1"}""")}",
        $"Bearer {Jwt($$"""{"alg":"RS256","x5u":"https://{{Canary}}.example/x","jwk":{"kty":"RSA","n":"AQ","e":"AQAB"} }""")}",
        "Bearer ..", "Bearer a.b", "Bearer a.b.c.d.e", "Bearer e30.e30.",
    ];

    private static string Basic(string name, string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));

    private static string Jwt(string header) =>
        $"{Part(header)}.{Part($$"""{"iss":"https://{{Canary}}.example","aud":"{{Canary}}","exp":4102444800,"roles":["sessions.operate"]}""")}.{Part(Canary)}";

    private static string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Nested(char open, char close, int depth) => new string(open, depth) + new string(close, depth);

    private static string NestedObject(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
