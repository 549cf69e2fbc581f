using System.Net;
using System.Text.Json;

namespace Support.Http;

/// <summary>An answer of the API, read whole.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">All headers, by name without regard to case.</param>
/// <param name="Text">The body as it came.</param>
public sealed record ApiAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    private const string ProblemPrefix = "urn:session-functions:problem:";

    /// <summary>Gets the body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>Gets the last part of the problem's type; null when the answer is no problem.</summary>
    public string? Problem =>
        Header("Content-Type")?.StartsWith("application/problem+json", StringComparison.Ordinal) == true
            ? Json.GetProperty("type").GetString()![ProblemPrefix.Length..]
            : null;

    /// <summary>A header's value; null when it is not there.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>A member of the body as text.</summary>
    public string TextOf(string member) => Json.GetProperty(member).GetString()!;
}
