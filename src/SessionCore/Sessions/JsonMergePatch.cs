using System.Buffers;
using System.Text.Json;

namespace SessionCore.Sessions;

/// <summary>JSON merge patch (RFC 7396) on UTF-8, in time proportional to target and patch.</summary>
internal static class JsonMergePatch
{
    /// <summary>Applies an object to an object.</summary>
    /// <param name="target">The JSON object to change.</param>
    /// <param name="patch">The patch, an object: null removes a member, an object merges into one, all else replaces.</param>
    /// <param name="names">An ordinal comparer of names; null for the default. Tests pass one that counts comparisons.</param>
    /// <returns>The result in the form of <see cref="JsonText"/>.</returns>
    public static byte[] Apply(ReadOnlyMemory<byte> target, JsonElement patch, IEqualityComparer<string>? names = null)
    {
        using var document = JsonDocument.Parse(target);
        var output = new ArrayBufferWriter<byte>(target.Length + 64);
        using (var writer = new Utf8JsonWriter(output, JsonText.WriterOptions))
        {
            Merge(writer, document.RootElement, patch, names ?? StringComparer.Ordinal);
        }

        return output.WrittenSpan.ToArray();
    }

    // The depth of the recursion is that of the patch, which its parser limits.
    private static void Merge(Utf8JsonWriter writer, JsonElement target, JsonElement patch, IEqualityComparer<string> names)
    {
        if (patch.ValueKind is not JsonValueKind.Object)
        {
            patch.WriteTo(writer);
            return;
        }

        // JsonElement finds a member by linear search, so each object is indexed once.
        var changes = new Dictionary<string, JsonElement>(names);
        foreach (var change in patch.EnumerateObject())
        {
            changes[change.Name] = change.Value;
        }

        var replaced = new Dictionary<string, JsonElement>(names);
        writer.WriteStartObject();
        if (target.ValueKind is JsonValueKind.Object)
        {
            WriteKept(writer, target, changes, replaced);
        }

        foreach (var (name, change) in changes)
        {
            if (change.ValueKind is not JsonValueKind.Null)
            {
                writer.WritePropertyName(name);
                Merge(writer, replaced.GetValueOrDefault(name), change, names);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteKept(
        Utf8JsonWriter writer, JsonElement target, Dictionary<string, JsonElement> changes, Dictionary<string, JsonElement> replaced)
    {
        foreach (var member in target.EnumerateObject())
        {
            var name = member.Name;
            if (changes.ContainsKey(name))
            {
                replaced[name] = member.Value;
            }
            else
            {
                writer.WritePropertyName(name);
                member.Value.WriteTo(writer);
            }
        }
    }
}
