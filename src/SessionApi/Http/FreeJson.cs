using System.Text.Json;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>JSON objects with arbitrary members: claims, data and merge patches.</summary>
internal static class FreeJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = NewSession.MaxDepth };

    /// <summary>Gets the problem of a body that is not such an object.</summary>
    public static Problem Refused { get; } = SessionProblems.BodyUnreadable(
        $"The body is not allowed. Allowed: one JSON object without comments or repeated members, nested at most {NewSession.MaxDepth} deep.");

    /// <summary>Parses an object.</summary>
    /// <param name="json">Text in valid Unicode.</param>
    /// <returns>Null when the text is malformed, not an object, repeats a member in one object, or nests too deep.</returns>
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

    /// <summary>Renders an object in the form of <see cref="JsonText"/>; null where <see cref="ParseObject"/> returns null.</summary>
    public static byte[]? MinifyObject(ReadOnlyMemory<byte> json)
    {
        using var document = ParseObject(json);
        return document is null ? null : JsonText.Minify(document.RootElement);
    }
}
