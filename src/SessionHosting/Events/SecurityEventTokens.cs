using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionCore.Sessions;

namespace SessionHosting.Events;

/// <summary>Security event tokens (RFC 8417) with the event <c>session-revoked</c> of OpenID CAEP 1.0, signed by ES256.</summary>
internal sealed class SecurityEventTokens : IDisposable
{
    /// <summary>The media type of a token.</summary>
    public const string MediaType = "application/secevent+jwt";

    /// <summary>The type of the event.</summary>
    public const string SessionRevoked = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private static readonly Dictionary<string, object> Header = new(StringComparer.Ordinal) { ["typ"] = "secevent+jwt" };

    private readonly CaepTargetOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ECDsa _key;
    private readonly SigningCredentials _credentials;

    /// <summary>Creates the signer from checked options.</summary>
    public SecurityEventTokens(CaepTargetOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _key = CaepTargetOptions.ReadKey(options.SigningKey)!; // checked

        // The default factory keeps signers by the id of their key, beyond the life of this one.
        var key = new ECDsaSecurityKey(_key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        key.KeyId = options.KeyId.Length > 0 ? options.KeyId : Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        _credentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>Returns the tokens of an event: one for each session that it ends, with the same ids in every repetition.</summary>
    public IEnumerable<string> Of(SessionEvent told)
    {
        using var data = JsonDocument.Parse(told.DataJson);
        var userId = TextOf(data.RootElement, EventMember.UserId);
        var reason = TextOf(data.RootElement, EventMember.Reason);
        if (told.Subject is { } sid)
        {
            return [Sign(told, told.Id, sid, userId, reason)];
        }

        // CAEP has no subject of several sessions, and a subject of the user alone would end the session that was kept.
        return
        [
            .. data.RootElement.GetProperty(EventMember.Sids.Name).EnumerateArray().Select((ended, i) =>
                Sign(told, string.Create(CultureInfo.InvariantCulture, $"{told.Id}.{i}"), ended.GetString()!, userId, reason)), // as written by this service
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string? TextOf(JsonElement data, EventMember member) => data.TryGetProperty(member.Name, out var value) ? value.GetString() : null;

    private string Sign(SessionEvent told, string id, string sid, string? userId, string? reason)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("iss"u8, _options.Issuer);
            json.WriteString("aud"u8, _options.Audience);
            json.WriteString("jti"u8, id);
            json.WriteString("txn"u8, told.Id);
            json.WriteNumber("iat"u8, _timeProvider.GetUtcNow().ToUnixTimeSeconds());
            WriteSubject(json, sid, userId);
            json.WriteStartObject("events"u8);
            json.WriteStartObject(SessionRevoked);
            json.WriteNumber("event_timestamp"u8, told.At.ToUnixTimeSeconds());
            if (InitiatorOf(reason) is { } initiator)
            {
                json.WriteString("initiating_entity"u8, initiator);
            }

            if (reason is not null)
            {
                json.WriteStartObject("reason_admin"u8);
                json.WriteString("en"u8, reason);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Handler.CreateToken(Encoding.UTF8.GetString(output.WrittenSpan), _credentials, Header);
    }

    // RFC 9493.
    private void WriteSubject(Utf8JsonWriter json, string sid, string? userId)
    {
        json.WriteStartObject("sub_id"u8);
        if (_options.Subject is CaepSubject.Opaque)
        {
            json.WriteString("format"u8, "opaque"u8);
            json.WriteString("id"u8, sid);
        }
        else
        {
            json.WriteString("format"u8, "complex"u8);
            json.WriteStartObject("session"u8);
            json.WriteString("format"u8, "opaque"u8);
            json.WriteString("id"u8, sid);
            json.WriteEndObject();
            if (userId is not null)
            {
                json.WriteStartObject("user"u8);
                json.WriteString("format"u8, "iss_sub"u8);
                json.WriteString("iss"u8, _options.UserIssuer.Length > 0 ? _options.UserIssuer : _options.Issuer);
                json.WriteString("sub"u8, userId);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static string? InitiatorOf(string? reason) => reason switch
    {
        EndReasons.SignedOut or EndReasons.Upgraded => "user",
        EndReasons.IdleTimeout or EndReasons.AbsoluteLifetime or EndReasons.Evicted or EndReasons.ReuseDetected => "policy",
        EndReasons.RevokedBefore or EndReasons.KeysRevoked => "admin",
        EndReasons.Abandoned => "system",
        _ => null,
    };
}
