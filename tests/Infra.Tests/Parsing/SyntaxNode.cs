using System.Text.Json;

namespace Infra.Tests.Parsing;

/// <summary>A node of the syntax tree as the grammar gives it, with the text it stands for.</summary>
internal sealed class SyntaxNode
{
    private readonly string _source;
    private readonly int _start;
    private readonly int _end;

    private SyntaxNode(JsonElement json, string source)
    {
        _source = source;
        _start = json.GetProperty("s").GetInt32();
        _end = json.GetProperty("e").GetInt32();
        Type = json.GetProperty("t").GetString()!; // the script always writes it
        IsNamed = json.GetProperty("n").GetBoolean();
        Line = json.GetProperty("l").GetInt32();
        Field = json.TryGetProperty("f", out var field) ? field.GetString() : null;
        IsFault = json.TryGetProperty("x", out _);
        Children = json.TryGetProperty("c", out var children)
            ? [.. children.EnumerateArray().Select(child => new SyntaxNode(child, source))]
            : [];
    }

    public string Type { get; }

    public bool IsNamed { get; }

    public string? Field { get; }

    public int Line { get; }

    /// <summary>Gets whether the parser found something here that is no Bicep, or missed something.</summary>
    public bool IsFault { get; }

    public IReadOnlyList<SyntaxNode> Children { get; }

    public string Text => _source[_start.._end];

    public bool IsTrue => Type == "boolean" && Text == "true";

    public bool IsFalse => Type == "boolean" && Text == "false";

    /// <summary>Gets the value of a string without interpolation, or null.</summary>
    public string? Literal
    {
        get
        {
            if (Type != "string" || Children.Any(child => child.Type == "interpolation"))
            {
                return null;
            }

            return Text.StartsWith("'''", StringComparison.Ordinal) ? Text[3..^3] : string.Concat(ChildrenOf("string_content").Select(part => part.Text));
        }
    }

    public static SyntaxNode Read(JsonElement json, string source) => new(json, source);

    public IEnumerable<SyntaxNode> ChildrenOf(string type) => Children.Where(child => child.Type == type);

    public IEnumerable<SyntaxNode> NamedChildren() => Children.Where(child => child.IsNamed);

    public IEnumerable<SyntaxNode> DescendantsAndSelf() => Children.SelectMany(child => child.DescendantsAndSelf()).Prepend(this);

    /// <summary>Finds the value below an object, by the names of its properties.</summary>
    public SyntaxNode? Find(params ReadOnlySpan<string> path)
    {
        var node = this;
        foreach (var name in path)
        {
            var property = node.ChildrenOf("object_property").FirstOrDefault(candidate => candidate.PropertyName == name);
            if (property is null)
            {
                return null;
            }

            node = property.PropertyValue;
        }

        return node;
    }

    public string? PropertyName => Children is [var name, ..] ? name.Literal ?? name.Text : null;

    /// <summary>Gets the value of an object's property: what follows the colon.</summary>
    public SyntaxNode PropertyValue => NamedChildren().Skip(1).First();
}
