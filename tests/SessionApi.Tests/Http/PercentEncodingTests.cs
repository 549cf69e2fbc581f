using System.Text;
using SessionApi.Http;

namespace SessionApi.Tests.Http;

public sealed class PercentEncodingTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public static TheoryData<string> Bad => ["%E9", "%E", "%", "%zz", "%C0%AF", "%ED%A0%80", "%F5%80%80%80", "%C3", "%C3x%A9", "a%%41", "%4", "%u00e9"];

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_query_that_does_not_decode_is_400_and_ends_nobody(string bad)
    {
        var (sid, _) = await _api.CreateAsync($$"""{"userId":"jos{{bad}}"}""");
        foreach (var target in new[] { $"/api/v1/sessions?userId=jos{bad}", $"/api/v1/sessions?userId=x&reason={bad}", $"/api/v1/sessions?{bad}=1&userId=x" })
        {
            var answer = await _api.SendAsync("DELETE", target);
            Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
        }

        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_path_that_does_not_decode_is_400(string bad)
    {
        Assert.Equal(400, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{bad}")).Status);
        Assert.Equal(400, (await _api.SendAsync("GET", $"/api/nowhere/{bad}")).Status);
    }

    [Fact]
    public async Task A_raw_plus_is_400_and_an_encoded_one_is_a_plus()
    {
        var (sid, _) = await _api.CreateAsync("""{"userId":"a+b"}""");
        Assert.Equal(400, (await _api.SendAsync("DELETE", "/api/v1/sessions?userId=a+b")).Status);
        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
        Assert.Equal("""{"ended":1}""", (await _api.SendAsync("DELETE", "/api/v1/sessions?userId=a%2Bb")).Body);
    }

    [Fact]
    public void Generated_bytes_are_taken_exactly_when_they_are_UTF8()
    {
        var random = new Random(20_261_128);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(1, 6)];
            random.NextBytes(bytes);
            var text = "x=" + string.Concat(bytes.Select(b => $"%{b:x2}")) + "&y=1";
            Assert.Equal(IsUtf8(bytes), PercentEncoding.IsUtf8(text));
        }

        Assert.True(PercentEncoding.IsUtf8("x=" + string.Concat(Enumerable.Repeat("%F0%9F%98%80", 500))));
    }

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
