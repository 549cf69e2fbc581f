using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace SessionCore.Sessions;

/// <summary>JSON of a session's representation (docs/http-api.md): the only place that defines its members and their order.</summary>
/// <remarks>
/// Members that a touch does not change are rendered once and stored; the others (<see cref="WriteTail"/>) are appended to each answer.
/// <c>claims</c> and <c>data</c> are last in the stored text, so that each view is a prefix of it.
/// </remarks>
internal static class SessionJson
{
    /// <summary>The most bytes of <see cref="TryWriteLastAddress"/>.</summary>
    public const int MaxLastAddressBytes = 96;

    // The beginning of each representation: {"sid":"…"
    private const int SidBytes = 8 + SessionId.TextLength + 1;

    public static ReadOnlySpan<byte> ActorName => ",\"actor\":"u8;

    public static ReadOnlySpan<byte> ClaimsName => ",\"claims\":"u8;

    public static ReadOnlySpan<byte> DataName => ",\"data\":"u8;

    /// <summary>Writes the stored part of a live session, an unclosed object.</summary>
    /// <param name="output">The output.</param>
    /// <param name="session">The session.</param>
    /// <param name="body">The decrypted body.</param>
    /// <param name="claimsAt">The offset of the member <c>claims</c>.</param>
    /// <param name="dataAt">The offset of the member <c>data</c>.</param>
    public static void WriteKept(ArrayBufferWriter<byte> output, Session session, SessionBody body, out int claimsAt, out int dataAt)
    {
        WriteCommon(output, session, "live");
        output.Write(",\"device\":"u8);
        output.Write(body.Device.Span);
        WriteSet(output, ",\"authenticationMethods\":"u8, body.Methods.Span);
        WriteSet(output, ActorName, body.Actor.Span);
        claimsAt = output.WrittenCount;
        output.Write(ClaimsName);
        output.Write(body.Claims.Span);
        dataAt = output.WrittenCount;
        output.Write(DataName);
        output.Write(body.Data.Span);
    }

    /// <summary>Writes the complete object of an ended session.</summary>
    public static void WriteEnded(ArrayBufferWriter<byte> output, Session session, string reason, DateTimeOffset at)
    {
        WriteCommon(output, session, "ended");
        output.Write(",\"endReason\":\""u8);
        WriteText(output, JsonEncodedText.Encode(reason));
        output.Write("\",\"endedAt\":"u8);
        WriteTime(output, at.ToUnixTimeMilliseconds());
        WriteTail(output, session.LastSeenAt.ToUnixTimeMilliseconds(), session.IdleExpiresAt.ToUnixTimeMilliseconds(), session.Version, idleSeconds: 0, seconds: 0);
        output.Write("}"u8);
    }

    /// <summary>Writes the members that each answer renders; the object stays open.</summary>
    public static void WriteTail(IBufferWriter<byte> output, long lastSeen, long idleEnd, long version, long idleSeconds, long seconds)
    {
        output.Write(",\"lastSeenAt\":"u8);
        WriteTime(output, lastSeen);
        output.Write(",\"idleExpiresAt\":"u8);
        WriteTime(output, idleEnd);
        output.Write(","u8);
        WriteTimeLeftMembers(output, idleSeconds, seconds);
        output.Write(",\"version\":"u8);
        WriteNumber(output, version);
    }

    /// <summary>Writes the object of a session that the reader knows: its id, and the members that differ between two answers of the same version.</summary>
    /// <param name="output">The output.</param>
    /// <param name="kept">The part that <see cref="WriteKept"/> writes.</param>
    /// <param name="idleSeconds">The seconds left without activity.</param>
    /// <param name="seconds">The seconds left in any case.</param>
    public static void WriteUnchanged(IBufferWriter<byte> output, ReadOnlySpan<byte> kept, long idleSeconds, long seconds)
    {
        output.Write(kept[..SidBytes]);
        output.Write(","u8);
        WriteTimeLeftMembers(output, idleSeconds, seconds);
        output.Write("}"u8);
    }

    /// <summary>Reads the sign-in from the part that <see cref="WriteKept"/> writes.</summary>
    public static SignIn ReadSignIn(ReadOnlySpan<byte> kept)
    {
        string? userId = null;
        DateTimeOffset authenticatedAt = default;
        var methods = new List<string>();
        var reader = new Utf8JsonReader(kept, isFinalBlock: false, state: default);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("userId"u8))
            {
                reader.Read();
                userId = reader.GetString();
            }
            else if (reader.ValueTextEquals("authenticatedAt"u8))
            {
                reader.Read();
                authenticatedAt = reader.GetDateTimeOffset();
            }
            else if (reader.ValueTextEquals("authenticationMethods"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType is JsonTokenType.String)
                {
                    methods.Add(reader.GetString()!); // the token is a string
                }
            }
            else
            {
                reader.TrySkip();
            }
        }

        return new SignIn(userId, authenticatedAt, methods);
    }

    /// <summary>The authentication methods' JSON; empty for none.</summary>
    public static ReadOnlyMemory<byte> Methods(IReadOnlyList<string> methods)
    {
        if (methods.Count == 0)
        {
            return default;
        }

        var output = new ArrayBufferWriter<byte>(64);
        using var writer = new Utf8JsonWriter(output, JsonText.WriterOptions);
        writer.WriteStartArray();
        foreach (var method in methods)
        {
            writer.WriteStringValue(method);
        }

        writer.WriteEndArray();
        writer.Flush();
        return output.WrittenMemory;
    }

    /// <summary>The actor's JSON; empty for none.</summary>
    public static ReadOnlyMemory<byte> Actor(SessionActor? actor)
    {
        if (actor is null)
        {
            return default;
        }

        var output = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(output, JsonText.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("sub"u8, actor.Subject);
        writer.WriteString("reason"u8, actor.Reason);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    /// <summary>Returns the subject of an actor's JSON; null for none.</summary>
    public static string? SubjectOf(ReadOnlyMemory<byte> actor) => TextOf(actor, "sub"u8);

    /// <summary>Returns the name of a device by its JSON, all of whose words are this product's; null for none.</summary>
    public static string? DeviceNameOf(ReadOnlyMemory<byte> device) => TextOf(device, "label"u8) is null
        ? TextOf(device, "name"u8)
        : DeviceName.Of(new SessionDevice(Label: null, TextOf(device, "userAgent"u8), IpAddress: null));

    private static void WriteTimeLeftMembers(IBufferWriter<byte> output, long idleSeconds, long seconds)
    {
        output.Write("\"idleExpiresInSeconds\":"u8);
        WriteNumber(output, idleSeconds);
        output.Write(",\"expiresInSeconds\":"u8);
        WriteNumber(output, seconds);
    }

    private static string? TextOf(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var text) ? text.GetString() : null;
    }

    /// <summary>The device member's JSON.</summary>
    public static byte[] Device(string? name, string? label, string? userAgent, string? ipAddress, string? lastIpAddress)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(output, JsonText.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString("label"u8, label);
        writer.WriteString("userAgent"u8, userAgent);
        writer.WriteString("ipAddress"u8, ipAddress);
        writer.WriteString("lastIpAddress"u8, lastIpAddress);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes the member of the device with the last address, as <see cref="Device"/> does.</summary>
    /// <returns>False for a text that is longer than any address.</returns>
    public static bool TryWriteLastAddress(string ipAddress, Span<byte> destination, out int written) =>
        Utf8.TryWrite(destination, $"\"lastIpAddress\":\"{ipAddress}\"", out written);

    /// <summary>Returns the device with another last address.</summary>
    /// <returns>Null when the last address is the same.</returns>
    public static byte[]? DeviceSeenAt(ReadOnlyMemory<byte> device, string ipAddress)
    {
        using var document = JsonDocument.Parse(device);
        var root = document.RootElement;
        return root.GetProperty("lastIpAddress"u8).GetString() == ipAddress
            ? null
            : Device(
                root.GetProperty("name"u8).GetString(),
                root.GetProperty("label"u8).GetString(),
                root.GetProperty("userAgent"u8).GetString(),
                root.GetProperty("ipAddress"u8).GetString(),
                ipAddress);
    }

    private static void WriteCommon(ArrayBufferWriter<byte> output, Session session, string state)
    {
        output.Write("{\"sid\":\""u8);
        WriteText(output, JsonEncodedText.Encode(new SessionId(session.Locator).ToString()));
        output.Write("\",\"userId\":"u8);
        if (session.UserId is null)
        {
            output.Write("null"u8);
        }
        else
        {
            output.Write("\""u8);
            WriteText(output, JsonEncodedText.Encode(session.UserId, JsonText.Encoder));
            output.Write("\""u8);
        }

        output.Write(",\"state\":\""u8);
        WriteText(output, JsonEncodedText.Encode(state));
        output.Write("\",\"createdAt\":"u8);
        WriteTime(output, session.CreatedAt.ToUnixTimeMilliseconds());
        output.Write(",\"absoluteExpiresAt\":"u8);
        WriteTime(output, session.AbsoluteExpiresAt.ToUnixTimeMilliseconds());
        output.Write(",\"idleTimeoutSeconds\":"u8);
        WriteNumber(output, (long)session.IdleTimeout.TotalSeconds);
        output.Write(",\"assuranceLevel\":\""u8);
        WriteText(output, JsonEncodedText.Encode(AssuranceLevelNames.Of(session.AssuranceLevel)));
        output.Write("\",\"authenticatedAt\":"u8);
        WriteTime(output, session.AuthenticatedAt.ToUnixTimeMilliseconds());
        if (session.IsPersistent)
        {
            output.Write(",\"persistent\":true"u8);
        }
    }

    // A fact that is not set has no member, so that it costs nothing in every answer.
    private static void WriteSet(IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        if (!json.IsEmpty)
        {
            output.Write(name);
            output.Write(json);
        }
    }

    private static void WriteText(IBufferWriter<byte> output, JsonEncodedText text) => output.Write(text.EncodedUtf8Bytes);

    // RFC 3339 with milliseconds, UTC, in quotes. The round-trip format, truncated, is faster than a custom format.
    private static void WriteTime(IBufferWriter<byte> output, long unixMilliseconds)
    {
        const int untilMilliseconds = 23;
        var span = output.GetSpan(32);
        span[0] = (byte)'"';
        Utf8Formatter.TryFormat(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime, span[1..], out _, 'O');
        span[untilMilliseconds + 1] = (byte)'Z';
        span[untilMilliseconds + 2] = (byte)'"';
        output.Advance(untilMilliseconds + 3);
    }

    private static void WriteNumber(IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
