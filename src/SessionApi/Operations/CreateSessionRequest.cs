using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>The body of a creation.</summary>
internal static class CreateSessionRequest
{
    private const int MaxLabelCharacters = 128;
    private const int MaxUserAgentCharacters = 512;

    private static readonly MemberNames Members = new(
        "userId", "claims", "data", "device", "idleTimeoutSeconds", "absoluteLifetimeSeconds", "assuranceLevel");

    private static readonly MemberNames DeviceMembers = new("label", "userAgent", "ipAddress");

    /// <summary>Reads it.</summary>
    /// <returns>What is asked for; meaningless when there is a fault.</returns>
    public static NewSession Read(ReadOnlyMemory<byte> json, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        var session = new NewSession();
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            session = member switch
            {
                0 => session with { UserId = reader.ReadText(1, RequestText.MaxUserIdCharacters) },
                1 => session with { ClaimsJson = reader.ReadFreeObject(NewSession.MaxClaimsBytes) },
                2 => session with { DataJson = reader.ReadFreeObject(NewSession.MaxDataBytes) },
                3 => session with { Device = ReadDevice(ref reader) },
                4 => session with { IdleTimeout = RequestSeconds.ReadPositive(ref reader) },
                5 => session with { AbsoluteLifetime = RequestSeconds.ReadPositive(ref reader) },
                _ => session with { AssuranceLevel = RequestLevel.Read(ref reader) },
            };
        }

        fault = reader.Fault;
        return session;
    }

    /// <summary>SHA-256 over the request as understood, so that white space and the order of members do not make it another.</summary>
    public static byte[] Hash(NewSession session)
    {
        var output = new ArrayBufferWriter<byte>(512 + session.ClaimsJson.Length + session.DataJson.Length);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartArray();
            json.WriteStringValue(session.UserId);
            WriteRaw(json, session.ClaimsJson);
            WriteRaw(json, session.DataJson);
            json.WriteStringValue(session.Device?.Label);
            json.WriteStringValue(session.Device?.UserAgent);
            json.WriteStringValue(session.Device?.IpAddress);
            json.WriteNumberValue(session.IdleTimeout?.Ticks ?? 0);
            json.WriteNumberValue(session.AbsoluteLifetime?.Ticks ?? 0);
            json.WriteNumberValue((int)session.AssuranceLevel.GetValueOrDefault());
            json.WriteEndArray();
        }

        return SHA256.HashData(output.WrittenSpan);
    }

    private static void WriteRaw(Utf8JsonWriter json, ReadOnlyMemory<byte> value) =>
        json.WriteRawValue(value.IsEmpty ? "{}"u8 : value.Span, skipInputValidation: true);

    private static SessionDevice? ReadDevice(ref StrictJsonReader reader)
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
                1 => device with { UserAgent = reader.ReadText(0, MaxUserAgentCharacters) },
                _ => device with { IpAddress = reader.ReadAddress() },
            };
        }

        reader.EndObject(outer);
        return device;
    }
}
