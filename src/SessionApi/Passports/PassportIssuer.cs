using System.Buffers.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Passports;

/// <summary>Issues passports: JSON Web Tokens about a live session, signed with ES256, for the back ends of one audience.</summary>
/// <remarks>
/// It needs nothing but the session that the request has read anyway, so a passport costs one signature at most and no call. A passport that
/// would say the same is given again for a few seconds (docs/adr/0079-a-passport-is-given-again.md).
/// </remarks>
internal sealed class PassportIssuer
{
    /// <summary>The <c>typ</c> of passports, which no other token has (RFC 8725 section 3.11).</summary>
    public const string TokenType = "session-passport+jwt";

    private readonly FrozenDictionary<string, Audience> _audiences;
    private readonly PassportKey? _key;
    private readonly byte[] _header;
    private readonly long _lifetimeSeconds;
    private readonly PassportSignatures _signatures = new();

    /// <summary>Prepares what is the same in all passports.</summary>
    public PassportIssuer(PassportKeys keys, IOptions<PassportOptions> options)
    {
        var issuer = JsonEncodedText.Encode(options.Value.Issuer, JsonText.Encoder);
        _key = keys.Signing;
        _header = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Encoding.ASCII.GetBytes(
            $$"""{"alg":"ES256","typ":"{{TokenType}}","kid":"{{_key?.Id}}"}""")) + ".");
        _lifetimeSeconds = (long)options.Value.Lifetime.TotalSeconds;
        _audiences = (_key is null ? [] : options.Value.Audiences).ToFrozenDictionary(
            audience => audience.Name,
            audience => new Audience(
                audience.Clients.ToFrozenSet(StringComparer.Ordinal),
                Encoding.UTF8.GetBytes($$"""{"iss":"{{issuer}}","aud":"{{audience.Name}}","""),
                Encoding.ASCII.GetBytes($"\",\"audience\":\"{audience.Name}\",\"expiresAt\":\"")),
            StringComparer.Ordinal);
    }

    /// <summary>Whether a client may have passports for an audience. False for every audience where passports are off.</summary>
    /// <param name="client">The id of the client; null for an unknown one.</param>
    /// <param name="audience">The audience.</param>
    public bool MayHave(string? client, string audience) =>
        client is not null && _audiences.TryGetValue(audience, out var known) && known.Clients.Contains(Caller.NameOf(client));

    /// <summary>Appends a passport and what its bearer may know of it, a whole JSON object.</summary>
    /// <param name="output">The answer.</param>
    /// <param name="live">The session, live now.</param>
    /// <param name="audience">An audience that the client may have.</param>
    /// <param name="now">The time.</param>
    public void Append(AnswerBuffer output, LiveSession live, string audience, DateTimeOffset now)
    {
        var known = _audiences[audience];
        var seconds = now.ToUnixTimeSeconds();
        output.Append("{\"token\":\""u8);
        var expires = AppendToken(output, known, live, audience, seconds);
        output.Append(known.AfterToken);
        Span<char> text = stackalloc char[32];
        DateTimeOffset.FromUnixTimeSeconds(expires).UtcDateTime.TryFormat(text, out var written, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        output.AppendAscii(text[..written]);
        output.Append("\",\"expiresInSeconds\":"u8);
        output.Append(Math.Max(0, expires - seconds));
        output.Append("}"u8);
    }

    // Returns when it expires.
    private long AppendToken(AnswerBuffer output, Audience audience, LiveSession live, string name, long now)
    {
        var start = output.Written.Length;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (_signatures.Find(live.Id, name, now) is { } recent)
        {
            var unchanged = AppendSigned(output, audience, live, recent.IssuedAt);
            SHA256.HashData(output.Written.Span[start..], hash);
            if (recent.Signs(hash))
            {
                AppendSignature(output, recent.Bytes);
                return unchanged;
            }

            output.Shorten(start);
        }

        var expires = AppendSigned(output, audience, live, now);
        SHA256.HashData(output.Written.Span[start..], hash);
        var signature = new byte[PassportKey.SignatureBytes];
        _key!.SignHash(hash, signature); // without a key there is no audience
        AppendSignature(output, signature);
        _signatures.Keep(new PassportSignature(live.Id, name, now, hash.ToArray(), signature));
        return expires;
    }

    // Header and payload. Returns when the passport expires.
    private long AppendSigned(AnswerBuffer output, Audience audience, LiveSession live, long issued)
    {
        var end = live.IdleExpiresAt < live.AbsoluteExpiresAt ? live.IdleExpiresAt : live.AbsoluteExpiresAt;
        var expires = Math.Min(issued + _lifetimeSeconds, end.ToUnixTimeSeconds()); // rounded down: never later than the session
        output.Append(_header);
        using var payload = new AnswerBuffer();
        AppendPayload(payload, audience, live, issued, expires);
        AppendBase64Url(output, payload.Written.Span);
        return expires;
    }

    private static void AppendSignature(AnswerBuffer output, ReadOnlySpan<byte> signature)
    {
        output.Append("."u8);
        AppendBase64Url(output, signature);
    }

    private static void AppendPayload(AnswerBuffer payload, Audience audience, LiveSession live, long issued, long expires)
    {
        var signIn = live.ReadSignIn();
        payload.Append(audience.Payload);
        if (signIn.UserId is { } user)
        {
            payload.Append("\"sub\":\""u8);
            payload.Append(JsonEncodedText.Encode(user, JsonText.Encoder).EncodedUtf8Bytes);
            payload.Append("\","u8);
        }

        payload.Append("\"sid\":\""u8);
        payload.AppendAscii(live.Id.ToString());
        AppendNumber(payload, "\",\"iat\":"u8, issued);
        AppendNumber(payload, ",\"exp\":"u8, expires);
        AppendNumber(payload, ",\"auth_time\":"u8, signIn.AuthenticatedAt.ToUnixTimeSeconds());
        AppendNumber(payload, ",\"created_ms\":"u8, live.CreatedAt.ToUnixTimeMilliseconds());
        payload.Append(",\"acr\":\""u8);
        payload.AppendAscii(AssuranceLevelNames.Of(live.AssuranceLevel));
        payload.Append("\""u8);
        AppendSet(payload, ",\"amr\":"u8, live.AuthenticationMethodsJson);
        AppendSet(payload, ",\"act\":"u8, live.ActorJson);
        AppendSet(payload, ",\"claims\":"u8, live.ClaimsJson);
        AppendNumber(payload, ",\"ver\":"u8, live.Version);
        payload.Append("}"u8);
    }

    private static void AppendNumber(AnswerBuffer output, ReadOnlySpan<byte> name, long number)
    {
        output.Append(name);
        output.Append(number);
    }

    private static void AppendSet(AnswerBuffer output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        if (!json.IsEmpty)
        {
            output.Append(name);
            output.Append(json);
        }
    }

    private static void AppendBase64Url(AnswerBuffer output, ReadOnlySpan<byte> bytes)
    {
        Base64Url.EncodeToUtf8(bytes, output.GetSpan(Base64Url.GetEncodedLength(bytes.Length)), out _, out var written);
        output.Advance(written);
    }

    /// <summary>Audience, with what is the same in all its passports.</summary>
    /// <param name="Clients">The names of the clients that may have them.</param>
    /// <param name="Payload">The beginning of the payload.</param>
    /// <param name="AfterToken">What stands between the token and its expiry in an answer.</param>
    private sealed record Audience(FrozenSet<string> Clients, byte[] Payload, byte[] AfterToken);
}
