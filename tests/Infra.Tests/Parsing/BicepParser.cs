using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Infra.Tests.Parsing;

/// <summary>The Bicep grammar, in one Node process for all tests of a class.</summary>
public sealed class BicepParser : IDisposable
{
    private readonly Process _node;
    private readonly Dictionary<string, SyntaxNode> _known = new(StringComparer.Ordinal);

    public BicepParser()
    {
        if (!Directory.Exists(RepositoryRoot.Combine("node_modules", "tree-sitter-bicep")))
        {
            throw new InvalidOperationException("The Bicep grammar is not installed. Run 'npm ci' in the root of the repository.");
        }

        _node = Process.Start(new ProcessStartInfo("node", [RepositoryRoot.Combine("tests", "Infra.Tests", "parse-bicep.mjs")])
        {
            UseShellExecute = false,
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        }) ?? throw new InvalidOperationException("'node' did not start. Install Node 20 or newer.");
    }

    internal SyntaxNode Parse(string text)
    {
        if (!_known.TryGetValue(text, out var root))
        {
            _node.StandardInput.WriteLine(JsonSerializer.Serialize(new { text }));
            _node.StandardInput.Flush();
            var line = _node.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException("parse-bicep.mjs ended; its error output says why.");
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 });
            root = SyntaxNode.Read(json.RootElement, text);
            _known.Add(text, root);
        }

        return root;
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }
}
