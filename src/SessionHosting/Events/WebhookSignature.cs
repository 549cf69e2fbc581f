using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionHosting.Events;

/// <summary>Signature of a webhook by Standard Webhooks: HMAC-SHA256 over id, time stamp and body.</summary>
internal static class WebhookSignature
{
    /// <summary>Returns the header <c>webhook-signature</c>: one signature for each secret.</summary>
    /// <param name="secrets">The bytes of the secrets.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="at">The header <c>webhook-timestamp</c>, in seconds.</param>
    /// <param name="body">The body as sent.</param>
    public static string Of(IEnumerable<byte[]> secrets, string id, long at, ReadOnlySpan<byte> body)
    {
        var content = new byte[Encoding.UTF8.GetByteCount(id) + 22 + body.Length];
        var start = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}."), content);
        body.CopyTo(content.AsSpan(start));
        var signed = content.AsMemory(0, start + body.Length);
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed.Span))));
    }
}
