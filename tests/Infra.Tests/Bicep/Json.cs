using System.Text.Json;

namespace Infra.Tests.Bicep;

internal static class Json
{
    /// <summary>Finds the value below an object, by the names of its properties.</summary>
    public static JsonElement? Find(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>Returns the string below an object; empty where there is none.</summary>
    public static string Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Find(path) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : ""; // a string has one

    /// <summary>Lists the properties of a member that is an object; none where it is absent.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject() : [];

    /// <summary>Lists every string in a value, with the names of properties.</summary>
    public static IEnumerable<string> Strings(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Value.Strings().Prepend(member.Name)),
        _ => [],
    };
}
