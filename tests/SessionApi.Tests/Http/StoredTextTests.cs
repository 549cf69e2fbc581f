using System.Text;
using System.Text.Json;

namespace SessionApi.Tests.Http;

/// <summary>Text comes back byte for byte as minified UTF-8, and limits count those bytes, whichever way it was written.</summary>
public sealed class StoredTextTests : IAsyncDisposable
{
    private const string EveryKind = "ж < > & ' + é 😀 \u00A0 \u2028 \uFEFF \uE000 \u007F \u0085 \U000F0000 漢 \\ \" / \t";

    private readonly ApiFixture _api = new();

    public static TheoryData<string> WritePaths => ["create", "replace", "merge", "merge nested", "merge beside"];

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [MemberData(nameof(WritePaths))]
    public async Task Data_comes_back_byte_for_byte(string path)
    {
        var text = Encode(EveryKind);
        var (sent, expected) = ($"{{ \"{Escaped(EveryKind)}\" : [ \"{Escaped(EveryKind)}\" , 1.0 ] }}", $"{{{text}:[{text},1.0]}}");
        Assert.Equal(expected, await WriteDataAsync(path, sent));
    }

    [Fact]
    public async Task Generated_text_of_all_planes_comes_back_byte_for_byte()
    {
        var random = new Random(20_261_128);
        for (var i = 0; i < 60; i++)
        {
            var value = string.Concat(Enumerable.Range(0, 40).Select(_ => AnyRune(random).ToString()));
            foreach (var path in WritePaths)
            {
                Assert.Equal($"{{\"t\":{Encode(value)}}}", await WriteDataAsync(path, $"{{\"t\":{JsonSerializer.Serialize(value)}}}"));
            }
        }
    }

    [Fact]
    public async Task Claims_device_and_user_come_back_byte_for_byte_in_session_and_list()
    {
        var printable = "ж<>&'+é😀\u00A0\uE000漢\\\"/ ";
        var text = Encode(printable);
        var (sid, _) = await _api.CreateAsync($$"""{"userId":{{text}}, "claims":{"a":{{text}} }, "device":{"label":{{text}}, "userAgent":{{text}} } }""");
        var session = (await _api.SendAsync("GET", $"/api/v1/sessions/{sid}")).Body;
        Assert.Contains($"\"userId\":{text},", session, StringComparison.Ordinal);
        Assert.Contains($"\"claims\":{{\"a\":{text}}}", session, StringComparison.Ordinal);
        Assert.Contains($"\"label\":{text},\"userAgent\":{text},", session, StringComparison.Ordinal);
        var list = (await _api.SendAsync("GET", "/api/v1/sessions?userId=" + Uri.EscapeDataString(printable))).Body;
        Assert.Contains($"\"label\":{text},\"userAgent\":{text},", list, StringComparison.Ordinal);

        _api.Clock.Advance(TimeSpan.FromMinutes(10));
        var touched = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/touch", """{"ipAddress":"192.0.2.9"}""");
        Assert.Contains($"\"label\":{text},\"userAgent\":{text},", touched.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ж", 2)]
    [InlineData("😀", 4)]
    [InlineData("\u00A0", 2)]
    [InlineData("\u2028", 3)]
    [InlineData("\uFEFF", 3)]
    [InlineData("\uE000", 3)]
    [InlineData("\u007F", 1)]
    [InlineData("\u0085", 2)]
    [InlineData("<", 1)]
    [InlineData("+", 1)]
    public async Task Limits_count_the_bytes_of_the_text_itself(string character, int bytes)
    {
        const int overhead = 8; // {"t":""}
        var fits = (32_768 - overhead) / bytes;
        string Data(int count) => $"{{\"t\":\"{string.Concat(Enumerable.Repeat(character, count))}\"}}";
        var (sid, _) = await _api.CreateAsync();
        var target = $"/api/v1/sessions/{sid}/data";
        Assert.Equal(200, (await _api.SendAsync("PUT", target, Data(fits))).Status);
        Assert.Equal(200, (await _api.SendAsync("PATCH", target, Data(fits))).Status);
        Assert.Equal(413, (await _api.SendAsync("PUT", target, Data(fits + 1))).Status);
        Assert.Equal(413, (await _api.SendAsync("PATCH", target, Data(fits + 1))).Status);

        var claims = (4096 - overhead) / bytes;
        Assert.Equal(201, (await _api.SendAsync("POST", "/api/v1/sessions", $"{{\"claims\":{Data(claims)}}}")).Status);
        Assert.Equal(400, (await _api.SendAsync("POST", "/api/v1/sessions", $"{{\"claims\":{Data(claims + 1)}}}")).Status);
    }

    [Fact]
    public async Task A_merge_that_removes_a_member_only_shrinks_the_data()
    {
        var note = new string('ж', 6000);
        var (sid, _) = await _api.CreateAsync($$"""{"data":{"note":"{{note}}","cart":[1]} }""");
        var merged = await _api.SendAsync("PATCH", $"/api/v1/sessions/{sid}/data", """{"cart":null}""");
        Assert.Equal((200, $"{{\"note\":\"{note}\"}}"), (merged.Status, merged.Body));
    }

    private static Rune AnyRune(Random random)
    {
        while (true)
        {
            var scalar = random.Next(4) switch { 0 => random.Next(0x80), 1 => random.Next(0x3000), 2 => random.Next(0x10000), _ => random.Next(0x110000) };
            if (Rune.TryCreate(scalar, out var rune))
            {
                return rune;
            }
        }
    }

    // Written by hand, so that it is not the code under test that says what is right.
    private static string Encode(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var character in text)
        {
            json.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return json.Append('"').ToString();
    }

    private static string Escaped(string text) => string.Concat(text.Select(character => $"\\u{(int)character:X4}"));

    private async Task<string> WriteDataAsync(string path, string data)
    {
        var body = path == "create" ? $"{{\"data\":{data}}}" : """{"data":{"kept":1}}""";
        var (sid, _) = await _api.CreateAsync(body);
        var target = $"/api/v1/sessions/{sid}/data";
        var answer = path switch
        {
            "create" => await _api.SendAsync("GET", target),
            "replace" => await _api.SendAsync("PUT", target, data),
            "merge" => await _api.SendAsync("PATCH", target, data[..^1] + ",\"kept\":null}"),
            "merge nested" => await _api.SendAsync("PATCH", target, $"{{\"in\":{data},\"kept\":null}}"),
            _ => await MergeBesideAsync(target, data),
        };
        Assert.Equal(200, answer.Status);
        Assert.Equal(answer.Body, (await _api.SendAsync("GET", target)).Body);
        return path == "merge nested" ? answer.Body["{\"in\":".Length..^1] : answer.Body;
    }

    private async Task<ApiAnswer> MergeBesideAsync(string target, string data)
    {
        Assert.Equal(200, (await _api.SendAsync("PUT", target, data[..^1] + ",\"beside\":1}")).Status);
        return await _api.SendAsync("PATCH", target, """{"beside":null}""");
    }
}
