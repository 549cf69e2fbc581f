using Infra.Tests.Parsing;

namespace Infra.Tests.Model;

/// <summary>A parameter, output, variable or type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type as written; empty where none is.</param>
/// <param name="Value">Default or value, where there is one.</param>
/// <param name="Decorators">The calls above it by name, with their arguments.</param>
/// <param name="Node">The declaration.</param>
/// <param name="Place">File and line.</param>
internal sealed record BicepDeclaration(
    string Name,
    string Type,
    SyntaxNode? Value,
    IReadOnlyDictionary<string, SyntaxNode> Decorators,
    SyntaxNode Node,
    string Place)
{
    public string? Description =>
        Decorators.TryGetValue("description", out var arguments) ? arguments.NamedChildren().FirstOrDefault()?.Literal : null;
}
