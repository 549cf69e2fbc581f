using System.Text.Json;

namespace SessionFunctions.Client.Http;

/// <summary>The usual answer to an introspection that names a version: the session has it still, and nothing else is told.</summary>
/// <param name="IsOfKnown">Whether it is the session that the caller knows.</param>
/// <param name="IdleExpiresInSeconds">The time left without activity.</param>
/// <param name="ExpiresInSeconds">The time left in any case.</param>
/// <remarks>Almost every request of an application gets it, so it is read without objects, in half the time.</remarks>
internal readonly record struct UnchangedAnswer(bool IsOfKnown, long IdleExpiresInSeconds, long ExpiresInSeconds)
{
    /// <summary>Reads a body; null when it is not of this form, and is to be read as any answer.</summary>
    public static UnchangedAnswer? Read(ReadOnlySpan<byte> body, Session known)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return Read(ref reader, known);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static UnchangedAnswer? Read(ref Utf8JsonReader reader, Session known) =>
        reader.Read()
        && reader.TokenType is JsonTokenType.StartObject
        && NextIs(ref reader, "active"u8, JsonTokenType.True)
        && NextIs(ref reader, "unchanged"u8, JsonTokenType.StartObject)
        && NextIs(ref reader, "sid"u8, JsonTokenType.String)
        && reader.ValueTextEquals(known.Sid) is var isOfKnown
        && NextIs(ref reader, "idleExpiresInSeconds"u8, JsonTokenType.Number)
        && reader.TryGetInt64(out var idle)
        && NextIs(ref reader, "expiresInSeconds"u8, JsonTokenType.Number)
        && reader.TryGetInt64(out var left)
        && NextEnds(ref reader)
        && NextEnds(ref reader)
            ? new UnchangedAnswer(isOfKnown, idle, left)
            : null;

    private static bool NextIs(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, JsonTokenType value) =>
        reader.Read() && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read() && reader.TokenType == value;

    private static bool NextEnds(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is JsonTokenType.EndObject;
}
