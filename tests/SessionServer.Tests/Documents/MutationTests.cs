using System.Text.Json;

namespace SessionServer.Tests.Documents;

/// <summary>The table of known faults in docs/assurance.md is that of tests/mutations.json.</summary>
public sealed class MutationTests
{
    [Fact]
    public void The_page_has_every_known_fault_with_what_notices_it() => Document.AssertPart(
        "docs/assurance.md", "mutations", ["| fault | layer | promise that it breaks | caught by |", "|---|---|---|---|", .. Rows()]);

    private static IEnumerable<string> Rows()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(Document.Root(), "tests", "mutations.json")));
        foreach (var mutation in list.RootElement.EnumerateArray())
        {
            var notices = mutation.GetProperty("tests").EnumerateArray().Select(test => $"`{test.GetString()!.Split('/')[1]}`");
            if (mutation.TryGetProperty("histories", out _))
            {
                notices = notices.Append("the checker");
            }

            yield return $"| {Text("id")} | {Text("layer")} | {Text("promise")} | {string.Join("<br>", notices)} |";

            string Text(string name) => mutation.GetProperty(name).GetString()!;
        }
    }
}
