using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionFunctions.Client.Http;

internal sealed class SessionStateConverter : JsonConverter<SessionState>
{
    public override SessionState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "live" => SessionState.Live,
        "ended" => SessionState.Ended,
        _ => throw new JsonException("Unknown state."),
    };

    public override void Write(Utf8JsonWriter writer, SessionState value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value is SessionState.Live ? "live" : "ended");
}
