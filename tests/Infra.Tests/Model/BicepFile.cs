using Infra.Tests.Parsing;

namespace Infra.Tests.Model;

/// <summary>One Bicep file, read from its syntax tree.</summary>
internal sealed class BicepFile
{
    private readonly Dictionary<SyntaxNode, SyntaxNode> _decorators = [];

    public BicepFile(string path, SyntaxNode root)
    {
        Path = path;
        Root = root;
        foreach (var (first, second) in root.DescendantsAndSelf().SelectMany(node => node.Children.Zip(node.Children.Skip(1))))
        {
            if (first.Type == "decorators")
            {
                _decorators.Add(second, first);
            }
        }

        Parameters = [.. root.ChildrenOf("parameter_declaration").Select(Declare)];
        Outputs = [.. root.ChildrenOf("output_declaration").Select(Declare)];
        Variables = [.. root.ChildrenOf("variable_declaration").Select(Declare)];
        Types = [.. root.ChildrenOf("type_declaration").Select(Declare)];
        Resources = [.. root.DescendantsAndSelf().Where(node => node.Type == "resource_declaration").Select(ReadResource)];
        Modules = [.. root.ChildrenOf("module_declaration").Select(ReadModule)];
        Imports = [.. root.ChildrenOf("import_functionality")];
    }

    /// <summary>Gets the path below infra/, with forward slashes.</summary>
    public string Path { get; }

    public SyntaxNode Root { get; }

    public IReadOnlyList<BicepDeclaration> Parameters { get; }

    public IReadOnlyList<BicepDeclaration> Outputs { get; }

    public IReadOnlyList<BicepDeclaration> Variables { get; }

    public IReadOnlyList<BicepDeclaration> Types { get; }

    public IReadOnlyList<BicepResource> Resources { get; }

    public IReadOnlyList<BicepModule> Modules { get; }

    public IReadOnlyList<SyntaxNode> Imports { get; }

    public string PlaceOf(SyntaxNode node) => $"{Path}:{node.Line}";

    public string? DescriptionOf(SyntaxNode node) => DecoratorsOf(node).TryGetValue("description", out var arguments)
        ? arguments.NamedChildren().FirstOrDefault()?.Literal
        : null;

    private Dictionary<string, SyntaxNode> DecoratorsOf(SyntaxNode node) => _decorators.TryGetValue(node, out var list)
        ? list.ChildrenOf("decorator")
            .Select(decorator => decorator.NamedChildren().First())
            .ToDictionary(call => call.Children[0].Text, call => call.Children[^1], StringComparer.Ordinal)
        : [];

    private BicepDeclaration Declare(SyntaxNode node)
    {
        var equals = node.Children.ToList().FindIndex(child => child.Type == "=");
        var value = equals < 0 ? null : node.Children[equals + 1];
        var type = node.ChildrenOf("type").FirstOrDefault()?.Text ?? "";
        return new BicepDeclaration(node.NamedChildren().First().Text, type, value, DecoratorsOf(node), node, PlaceOf(node));
    }

    private BicepResource ReadResource(SyntaxNode node)
    {
        var reference = node.ChildrenOf("string").First().Literal ?? "";
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        return new BicepResource(
            node.ChildrenOf("identifier").First().Text,
            at < 0 ? reference : reference[..at],
            at < 0 ? "" : reference[(at + 1)..],
            node.ChildrenOf("existing").Any(),
            BodyOf(node),
            PlaceOf(node));
    }

    private BicepModule ReadModule(SyntaxNode node) => new(
        node.ChildrenOf("identifier").First().Text,
        node.ChildrenOf("string").First().Literal ?? "",
        BodyOf(node),
        PlaceOf(node));

    // The object stands after =, after a condition, or in the body of a loop.
    private static SyntaxNode BodyOf(SyntaxNode node) => node.DescendantsAndSelf().First(child => child.Type == "object");
}
