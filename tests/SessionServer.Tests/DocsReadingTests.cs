using System.Diagnostics;
using System.Text.Json.Nodes;
using SessionServer.Tests.Documents;

namespace SessionServer.Tests;

/// <summary>What the docs page leaves out of the contract, by the script that the page runs.</summary>
public sealed class DocsReadingTests
{
    private static readonly JsonObject Contract = JsonNode.Parse(File.ReadAllText(Path.Combine(Document.Root(), "docs", "openapi.json")))!.AsObject();

    [Fact]
    public async Task The_page_shows_no_head_and_one_block_of_problems_an_operation()
    {
        var shown = await ReadAsync();

        foreach (var (path, methods) in Contract["paths"]!.AsObject())
        {
            var kept = shown["paths"]![path]!.AsObject();
            Assert.Equal(methods!.AsObject().Select(method => method.Key).Except(["head"]), kept.Select(method => method.Key));
            foreach (var (method, operation) in kept)
            {
                var responses = methods[method]!["responses"]!.AsObject();
                var problems = responses.Where(response => response.Value!["content"]?["application/problem+json"] is not null).ToList();
                var folded = operation!["responses"]!.AsObject();

                Assert.Equal(responses.Select(response => response.Key).Except(problems.Select(problem => problem.Key)).Append("default"), folded.Select(response => response.Key));
                Assert.All(problems, problem => Assert.Contains($"`{problem.Key}` {problem.Value!["description"]}", (string?)folded["default"]!["description"], StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_contract_itself_has_them()
    {
        Assert.Contains(Contract["paths"]!.AsObject(), path => path.Value!["head"] is not null);
        Assert.StartsWith("1.", (string?)Contract["info"]!["version"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_service_key_comes_first() =>
        Assert.Equal("serviceKey", Contract["components"]!["securitySchemes"]!.AsObject().GetAt(0).Key);

    private static async Task<JsonNode> ReadAsync()
    {
        const string script = "const { forReading } = await import(process.argv[1]); let text = ''; for await (const part of process.stdin) text += part; console.log(JSON.stringify(forReading(JSON.parse(text))));";
        var module = new Uri(Path.Combine(Document.Root(), "src", "SessionServer", "DocsPage", "reading.mjs")).AbsoluteUri;
        using var node = Process.Start(new ProcessStartInfo("node", ["--no-warnings", "--input-type=module", "--eval", script, module])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("'node' did not start. Install Node 20 or newer.");
        await node.StandardInput.WriteAsync(Contract.ToJsonString());
        node.StandardInput.Close();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return JsonNode.Parse(output)!;
    }
}
