using System.Buffers;
using System.Text.Json;

namespace SessionCore.Sessions;

/// <summary>JSON merge patch (RFC 7396) on UTF-8.</summary>
internal static class JsonMergePatch
{
    /// <summary>Applies an object to an object.</summary>
    /// <param name="target">The JSON object to change.</param>
    /// <param name="patch">The patch, an object: null removes a member, an object merges into one, all else replaces.</param>
    public static byte[] Apply(ReadOnlyMemory<byte> target, JsonElement patch)
    {
        using var document = JsonDocument.Parse(target);
        var output = new ArrayBufferWriter<byte>(target.Length + 64);
        using var writer = new Utf8JsonWriter(output);
        Write(writer, document.RootElement, patch);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement? target, JsonElement patch)
    {
        if (patch.ValueKind is not JsonValueKind.Object)
        {
            patch.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        var kept = target is { ValueKind: JsonValueKind.Object } present ? present : (JsonElement?)null;
        if (kept is { } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                if (!patch.TryGetProperty(member.Name, out _))
                {
                    member.WriteTo(writer);
                }
            }
        }

        foreach (var change in patch.EnumerateObject())
        {
            if (change.Value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            writer.WritePropertyName(change.Name);
            Write(writer, kept is { } old && old.TryGetProperty(change.Name, out var value) ? value : null, change.Value);
        }

        writer.WriteEndObject();
    }
}
