using System.Security.Cryptography;
using System.Text;

namespace Bench.Limits.Tables;

/// <summary>Signs requests with "Shared Key Lite" of the Table service: the date and the resource, nothing else.</summary>
internal sealed class SharedKey(string account, byte[] key, TimeProvider timeProvider)
{
    private DateLine _date = new(0, string.Empty);

    public void Sign(HttpRequestMessage request, string path)
    {
        // The date changes once a second, so its text is kept.
        var second = timeProvider.GetUtcNow().ToUnixTimeSeconds();
        var date = _date;
        if (date.Second != second)
        {
            _date = date = new DateLine(second, DateTimeOffset.FromUnixTimeSeconds(second).ToString("R"));
        }

        Span<byte> text = stackalloc byte[512];
        var length = Encoding.UTF8.GetBytes($"{date.Text}\n/{account}{path}", text);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text[..length], signature);
        request.Headers.TryAddWithoutValidation("x-ms-date", date.Text);
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKeyLite {account}:{Convert.ToBase64String(signature)}");
    }

    private sealed record DateLine(long Second, string Text);
}
