using System.Text.Json;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>JSON objects whose members the caller chooses: claims, data and merge patches.</summary>
internal static class FreeJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = NewSession.MaxDepth };

    /// <summary>Gets the answer to a body that is no such object.</summary>
    public static Problem Refused { get; } = SessionProblems.BodyUnreadable(
        $"The body is not allowed. Allowed: one JSON object without comments or repeated members, nested at most {NewSession.MaxDepth} deep.");

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

    /// <summary>Renders an object in the form of <see cref="JsonText"/>; null as <see cref="ParseObject"/>.</summary>
    public static byte[]? MinifyObject(ReadOnlyMemory<byte> json)
    {
        using var document = ParseObject(json);
        return document is null ? null : JsonText.Minify(document.RootElement);
    }
}
