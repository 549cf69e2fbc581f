using System.Text.Json;
using System.Text.Json.Serialization;

namespace SessionFunctions.Client.Http;

/// <summary>A time span as whole seconds, rounded down: a limit is never longer than what was asked for.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue((long)Math.Floor(value.TotalSeconds));
}
