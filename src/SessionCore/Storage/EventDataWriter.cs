using System.Buffers;
using System.Text.Json;
using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>Writer of the data of one event. It writes what the definition of its type names, and nothing else.</summary>
internal readonly struct EventDataWriter
{
    private readonly EventDefinition _definition;
    private readonly Utf8JsonWriter _json;

    private EventDataWriter(EventDefinition definition, Utf8JsonWriter json)
    {
        _definition = definition;
        _json = json;
    }

    /// <summary>Returns the data as minified UTF-8 JSON.</summary>
    public static byte[] Write(EventDefinition definition, Action<EventDataWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, JsonText.WriterOptions))
        {
            json.WriteStartObject();
            write(new EventDataWriter(definition, json));
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a text; null leaves the member out.</summary>
    public void Put(EventMember member, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(NameOf(member, EventMemberKind.Text), value);
        }
    }

    public void Put(EventMember member, long value) => _json.WriteNumber(NameOf(member, EventMemberKind.Number), value);

    public void Put(EventMember member, DateTimeOffset value) => _json.WriteString(NameOf(member, EventMemberKind.Time), value);

    public void Put(EventMember member, IEnumerable<string> values)
    {
        _json.WriteStartArray(NameOf(member, EventMemberKind.Texts));
        foreach (var value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
    }

    private string NameOf(EventMember member, EventMemberKind kind) =>
        member.Kind == kind && _definition.Members.Contains(member)
            ? member.Name
            : throw new InvalidOperationException($"The definition of '{_definition.Type}' has no member '{member.Name}' of kind {kind}.");
}
