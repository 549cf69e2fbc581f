using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>JSON objects whose members the caller chooses: claims, data and merge patches.</summary>
internal static class FreeJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = NewSession.MaxDepth };

    private static readonly JsonWriterOptions Shortest = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = NewSession.MaxDepth,
    };

    /// <summary>Gets the answer to a body that is no such object.</summary>
    public static Problem Refused { get; } = SessionProblems.BodyUnreadable(
        $"The body must be one JSON object without comments and repeated members, nested at most {NewSession.MaxDepth} deep.");

    /// <summary>Parses an object.</summary>
    /// <param name="json">Text in valid Unicode.</param>
    /// <returns>Null when it is not well-formed, is no object, has a member twice in one object, or nests too deep.</returns>
    public static JsonDocument? ParseObject(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Renders an object without white space and with as few escapes as JSON allows; null as <see cref="ParseObject"/>.</summary>
    public static byte[]? MinifyObject(ReadOnlyMemory<byte> json)
    {
        using var document = ParseObject(json);
        if (document is null)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(output, Shortest))
        {
            document.RootElement.WriteTo(writer);
        }

        return output.WrittenSpan.ToArray();
    }
}
