using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Support.Http;

namespace SessionServer.Tests.Documents;

/// <summary>
/// Sends requests and keeps them with their answers, as a page shows them. What differs from run to run is replaced: ids and tokens
/// by a number, instants by the same distance from a fixed one.
/// </summary>
internal sealed partial class HttpExamples(ApiClient api)
{
    private const string Elided = "…";
    private const string After = "?after=";
    private static readonly DateTimeOffset ShownStart = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan InstantStep = TimeSpan.FromMinutes(5);
    private static readonly string[] ShownHeaders =
        ["Location", "ETag", "Session-Source", "Session-Age", "Session-Count", "Retry-After", "Preference-Applied", "WWW-Authenticate", "Set-Cookie", "Clear-Site-Data"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private readonly Dictionary<string, List<string>> _parts = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    /// <summary>Gets the lines of each part.</summary>
    public IReadOnlyDictionary<string, List<string>> Parts => _parts;

    /// <summary>Sends a request and adds it to a part.</summary>
    /// <param name="part">The part of the page.</param>
    /// <param name="request">Method and path, such as <c>GET /v1/session</c>.</param>
    /// <param name="credential">A bearer credential; null for none.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="only">The members of the answer to show, as paths; null for all.</param>
    public async Task<ApiAnswer> SendAsync(
        string part, string request, string? credential, string? body = null, IReadOnlyList<(string Name, string Value)>? headers = null, string[]? only = null)
    {
        var target = request.Split(' ');
        var answer = await api.SendAsync(target[0], target[1], credential, body, [.. headers ?? []]);
        if (!_parts.TryGetValue(part, out var lines))
        {
            lines = [];
            _parts.Add(part, lines);
        }

        lines.AddRange(["", "```http", .. Request(target, credential, body, headers ?? []).Select(Mask), "```", "", "```http", .. Answer(answer, only).Select(Mask), "```"]);
        return answer;
    }

    private static IEnumerable<string> Request(string[] target, string? credential, string? body, IReadOnlyList<(string Name, string Value)> headers) =>
    [
        $"{target[0]} /api{WithoutCursor(target[1])}",
        .. credential is null ? [] : new[] { $"Authorization: Bearer {credential}" },
        .. headers.Where(header => header.Name != "Content-Type").Select(header => $"{header.Name}: {(header.Name == "X-Session-CSRF" ? Elided : header.Value)}"),
        .. body is null ? [] : new[] { $"Content-Type: {headers.FirstOrDefault(header => header.Name == "Content-Type").Value ?? "application/json"}", "", body },
    ];

    private static string WithoutCursor(string target) =>
        target.IndexOf(After, StringComparison.Ordinal) is >= 0 and var at ? target[..(at + After.Length)] + Elided : target;

    private IEnumerable<string> Answer(ApiAnswer answer, string[]? only)
    {
        yield return $"HTTP/1.1 {(int)answer.Status} {ReasonPhrases.GetReasonPhrase((int)answer.Status)}";
        if (answer.Problem is not null)
        {
            yield return "Content-Type: application/problem+json";
        }

        foreach (var name in ShownHeaders)
        {
            if (answer.Header(name) is { } value)
            {
                yield return $"{name}: {value}";
            }
        }

        if (answer.Text.Length > 0)
        {
            yield return "";
            var json = Steady("", JsonNode.Parse(answer.Text))!;
            if (only is not null)
            {
                Elide(json.AsObject(), "", only);
            }

            foreach (var line in json.ToJsonString(Indented).Replace("\r\n", "\n", StringComparison.Ordinal).Replace($"\"{Elided}\": null", Elided, StringComparison.Ordinal).Split('\n'))
            {
                yield return line;
            }
        }
    }

    // Members that are not asked for are one "…", and objects and lists are walked into.
    private static void Elide(JsonObject json, string path, string[] only)
    {
        var before = json.Count;
        foreach (var (name, value) in json.ToArray())
        {
            var own = path + name;
            if (only.Contains(own, StringComparer.Ordinal))
            {
                continue;
            }

            var inner = value switch
            {
                JsonArray list => list.OfType<JsonObject>(),
                JsonObject single => [single],
                _ => [],
            };
            if (only.Any(wanted => wanted.StartsWith(own + ".", StringComparison.Ordinal)))
            {
                foreach (var item in inner)
                {
                    Elide(item, own + ".", only);
                }
            }
            else
            {
                json.Remove(name);
            }
        }

        if (json.Count < before)
        {
            json[Elided] = null;
        }
    }

    private JsonNode? Steady(string name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Steady(member.Key, member.Value))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Steady(name, item))]);
            case JsonValue when name is "csrfToken" or "continuation" or "cursor" or "hash":
                return Elided;
            case JsonValue value when name is "token" && value.GetValue<string>().StartsWith("eyJ", StringComparison.Ordinal):
                return "eyJ" + Elided;
            case JsonValue when name is "heldMilliseconds" or "ageMilliseconds":
                return name[0] == 'h' ? 12 : 13;
            case JsonValue when name is "completeAsOf" or "heldSince":
                return Shown(TimeSpan.Zero);
            case JsonValue when name is "runId":
                return 1;
            case JsonValue when name is "effectiveBy":
                return Shown(TimeSpan.FromSeconds(30));
            case JsonValue value when name is "iat" or "exp" or "auth_time":
                return (ShownStart + Round(DateTimeOffset.FromUnixTimeSeconds(value.GetValue<long>()) - _start, InstantStep)).ToUnixTimeSeconds();
            case JsonValue value when name.EndsWith("At", StringComparison.Ordinal):
                return Shown(Round(DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture) - _start, InstantStep));
            case JsonValue value when name.EndsWith("ExpiresInSeconds", StringComparison.OrdinalIgnoreCase):
                return (int)Round(TimeSpan.FromSeconds(value.GetValue<int>()), TimeSpan.FromMinutes(1)).TotalSeconds;
            default:
                return node?.DeepClone();
        }
    }

    private static string Shown(TimeSpan after) => (ShownStart + after).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static TimeSpan Round(TimeSpan time, TimeSpan step) => Math.Round(time / step) * step;

    private string Mask(string line) => Secret().Replace(line.Replace("Bearer " + api.OperatorKey, "Bearer ssk_…", StringComparison.Ordinal), match =>
    {
        var prefix = match.Value[..4];
        if (prefix == "ssk_")
        {
            return prefix + Elided;
        }

        if (!_known.Contains(match.Value))
        {
            _known.Add(match.Value);
        }

        var number = 1 + _known.Where(one => one.StartsWith(prefix, StringComparison.Ordinal)).TakeWhile(one => one != match.Value).Count();
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}{Elided}");
    });

    [GeneratedRegex("(?:ses|sst|ssk)_[A-Za-z0-9_-]{40,}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Secret();
}
