using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionFunctions.Client.Http;

internal sealed class AssuranceLevelConverter : JsonConverter<AssuranceLevel>
{
    public override AssuranceLevel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "aal1" => AssuranceLevel.Aal1,
        "aal2" => AssuranceLevel.Aal2,
        "aal3" => AssuranceLevel.Aal3,
        _ => throw new JsonException("Unknown assurance level."),
    };

    public override void Write(Utf8JsonWriter writer, AssuranceLevel value, JsonSerializerOptions options) => writer.WriteStringValue(value switch
    {
        AssuranceLevel.Aal1 => "aal1",
        AssuranceLevel.Aal2 => "aal2",
        AssuranceLevel.Aal3 => "aal3",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not an assurance level."),
    });
}
