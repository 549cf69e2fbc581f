using System.Text.Json;

namespace SessionApi.Tests;

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Gets the body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>Gets the last part of a problem's type; null for any other body.</summary>
    public string? Problem => Headers.TryGetValue("Content-Type", out var type) && type.StartsWith("application/problem+json", StringComparison.Ordinal)
        ? Text("type").Split(':')[^1]
        : null;

    /// <summary>A string member of the body.</summary>
    public string Text(string member) => Json.GetProperty(member).GetString() ?? throw new InvalidOperationException($"{member} is null in {Body}");

    /// <summary>A header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
