using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Body of a creation.</summary>
internal static class CreateSessionRequest
{
    private const int CookieMember = 7;
    private const int MaxLabelCharacters = 128;
    private const int MaxHeaderCharacters = 512;

    private static readonly MemberNames Members = new(
        "userId", "claims", "data", "device", "idleTimeoutSeconds", "absoluteLifetimeSeconds", "assuranceLevel", "cookie", "authenticationMethods", "actor", "persistent");

    private static readonly MemberNames DeviceMembers = new("label", "userAgent", "ipAddress", "secChUa", "secChUaPlatform", "secChUaMobile");

    /// <summary>Reads the body; the result is meaningless on a fault.</summary>
    /// <param name="json">The body.</param>
    /// <param name="withCookie">Whether the answer includes the Set-Cookie value.</param>
    /// <param name="fault">The first fault of the body.</param>
    public static NewSession Read(ReadOnlyMemory<byte> json, out bool withCookie, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        var session = new NewSession();
        withCookie = false;
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            if (member == CookieMember)
            {
                withCookie = reader.ReadBoolean();
                continue;
            }

            session = member switch
            {
                0 => session with { UserId = reader.ReadUserId() },
                1 => session with { ClaimsJson = reader.ReadFreeObject(NewSession.MaxClaimsBytes) },
                2 => session with { DataJson = reader.ReadFreeObject(NewSession.MaxDataBytes) },
                3 => session with { Device = ReadDevice(ref reader) },
                4 => session with { IdleTimeout = RequestSeconds.ReadPositive(ref reader) },
                5 => session with { AbsoluteLifetime = RequestSeconds.ReadPositive(ref reader) },
                6 => session with { AssuranceLevel = RequestLevel.Read(ref reader) },
                8 => session with { AuthenticationMethods = RequestMethods.Read(ref reader) ?? [] },
                9 => session with { Actor = RequestActor.Read(ref reader) },
                _ => session with { IsPersistent = reader.ReadBoolean() },
            };
        }

        fault = reader.Fault;
        return session;
    }

    /// <summary>
    /// Returns SHA-256 over the canonical request, independent of white space, order of members, and spelling of numbers and strings.
    /// </summary>
    public static byte[] Hash(NewSession session, bool withCookie)
    {
        var output = new ArrayBufferWriter<byte>(512 + session.ClaimsJson.Length + session.DataJson.Length);
        using (var json = new Utf8JsonWriter(output, JsonText.WriterOptions))
        {
            json.WriteStartArray();
            json.WriteStringValue(session.UserId);
            WriteCanonical(json, session.ClaimsJson);
            WriteCanonical(json, session.DataJson);
            json.WriteStringValue(session.Device?.Label);
            json.WriteStringValue(session.Device?.UserAgent);
            json.WriteStringValue(session.Device?.IpAddress);
            json.WriteStringValue(session.Device?.Hints.Brands);
            json.WriteStringValue(session.Device?.Hints.Platform);
            json.WriteStringValue(session.Device?.Hints.Mobile);
            json.WriteNumberValue(session.IdleTimeout?.Ticks ?? 0);
            json.WriteNumberValue(session.AbsoluteLifetime?.Ticks ?? 0);
            json.WriteNumberValue((int)session.AssuranceLevel.GetValueOrDefault());
            json.WriteBooleanValue(withCookie);
            json.WriteStartArray();
            foreach (var method in session.AuthenticationMethods)
            {
                json.WriteStringValue(method);
            }

            json.WriteEndArray();
            json.WriteStringValue(session.Actor?.Subject);
            json.WriteStringValue(session.Actor?.Reason);
            json.WriteBooleanValue(session.IsPersistent);
            json.WriteEndArray();
        }

        return SHA256.HashData(output.WrittenSpan);
    }

    private static void WriteCanonical(Utf8JsonWriter json, ReadOnlyMemory<byte> value)
    {
        using var document = JsonDocument.Parse(value.IsEmpty ? "{}"u8.ToArray() : value);
        CanonicalJson.Write(json, document.RootElement);
    }

    // A sign-in does not fail for the length of a header that its user did not choose.
    private static string? ReadHeader(ref StrictJsonReader reader)
    {
        var value = reader.ReadText(0, int.MaxValue);
        var end = 0;
        for (var count = 0; count < MaxHeaderCharacters && end < value?.Length; count++)
        {
            end += char.IsHighSurrogate(value[end]) ? 2 : 1;
        }

        return value?[..end];
    }

    /// <summary>Reads the member <c>device</c>, or null.</summary>
    public static SessionDevice? ReadDevice(ref StrictJsonReader reader)
    {
        if (reader.BeginObject(DeviceMembers) is not { } outer)
        {
            return null;
        }

        var device = new SessionDevice(null, null, null);
        for (var member = reader.NextInner(); member >= 0; member = reader.NextInner())
        {
            device = member switch
            {
                0 => device with { Label = reader.ReadText(0, MaxLabelCharacters) },
                1 => device with { UserAgent = ReadHeader(ref reader) },
                2 => device with { IpAddress = reader.ReadAddress() },
                3 => device with { Hints = device.Hints with { Brands = ReadHeader(ref reader) } },
                4 => device with { Hints = device.Hints with { Platform = ReadHeader(ref reader) } },
                _ => device with { Hints = device.Hints with { Mobile = ReadHeader(ref reader) } },
            };
        }

        reader.EndObject(outer);
        return device;
    }
}
